package dev.countersign.server.metadata;

import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.AuthorizationServerMetadataBuilder;
import dev.countersign.protocol.metadata.MtlsEndpointAliases;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ScopeConfig;
import dev.countersign.server.keys.SigningKeys;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metadata document of a configuration, the same at both well-known places. */
public final class ServerMetadata {
  private ServerMetadata() {}

  /** What clients need to know of the server. */
  @Enforces({"SP-5.3.2.1-1", "PAR-12", "BCP-2.6-1", "OA-14", "OA-16", "SU-3"})
  public static JsonObject of(Config config, EndpointUrls urls, SigningKeys keys) {
    List<String> acr = config.login().acr().stream().toList();
    List<String> claims =
        Stream.of(
                Stream.of("sub", "iss", "aud", "exp", "iat", "auth_time"),
                acr.stream().map(_ -> "acr"),
                known(config))
            .flatMap(Function.identity())
            .distinct()
            .toList();
    AuthorizationServerMetadataBuilder server =
        AuthorizationServerMetadata.builder(
            config.issuer(), urls.authorize(), urls.token(), urls.jwks(), urls.par());
    if (!config.resourceServers().isEmpty()) {
      server.introspectionEndpoint(urls.introspect());
    }
    describeMutualTls(server, config, urls);
    return server
        .userinfoEndpoint(urls.userinfo())
        .revocationEndpoint(urls.revoke())
        .scopes(config.scopes().stream().map(ScopeConfig::name).toList())
        .grantTypes(List.of(GrantType.values()))
        .openId(keys.algorithms())
        .claims(claims)
        .claimsParameter()
        .acrValues(acr)
        .prompts(List.of(Prompt.values()))
        .uiLocales(config.pages().texts().tags())
        .build()
        .toJson();
  }

  /** Only what this configuration makes possible. */
  @Enforces({"SP-5.2.2.1-2", "SP-5.3.2.1-6", "MT-8", "CA-6"})
  private static void describeMutualTls(
      AuthorizationServerMetadataBuilder server, Config config, EndpointUrls urls) {
    if (config.seesClientCertificates()) {
      server.certificateBoundAccessTokens().selfSignedTlsClientAuth();
      if (!config.clientAuthorities().isEmpty()) {
        server.tlsClientAuth();
      }
    }
    server.mtlsEndpointAliases(
        new MtlsEndpointAliases(
            urls.alias(urls.par()),
            urls.alias(urls.token()),
            urls.alias(urls.userinfo()),
            config.resourceServers().isEmpty() ? Optional.empty() : urls.alias(urls.introspect()),
            urls.alias(urls.revoke())));
  }

  /** What a scope opens and somebody has: a claim that nobody has can never come. */
  private static Stream<String> known(Config config) {
    return config.scopes().stream()
        .flatMap(scope -> scope.claims().stream())
        .filter(claim -> config.users().stream().anyMatch(user -> user.claims().has(claim)));
  }
}
