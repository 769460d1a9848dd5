package dev.countersign.server.metadata;

import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.AuthorizationServerMetadataBuilder;
import dev.countersign.protocol.metadata.GrantManagementMetadata;
import dev.countersign.protocol.metadata.MessageSigningMetadata;
import dev.countersign.protocol.metadata.MtlsEndpointAliases;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.server.client.ClientAuthentication.SelfSignedTlsClientAuth;
import dev.countersign.server.client.ClientAuthentication.TlsClientAuth;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ScopeConfig;
import dev.countersign.server.keys.SigningKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metadata document of a configuration, the same at both well-known places. */
public final class ServerMetadata {
  private ServerMetadata() {}

  /** What clients need to know of the server. */
  @Enforces({"SP-5.3.2.1-1", "PAR-12", "BCP-2.6-1", "OA-14", "OA-16", "SU-3", "RAR-10-1"})
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
    config
        .revocationFeed()
        .lifetime()
        .ifPresent(_ -> server.revocationFeedEndpoint(urls.revocations()));
    config.mtls().ifPresent(_ -> server.mtlsEndpointAliases(aliases(config, urls)));
    if (config.clientCertificates().asked()) {
      server.certificateBoundTokens();
    }
    JsonObject document =
        server
            .authMethods(authMethods(config))
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
            .protectedResources(resources(config))
            .authorizationDetailsTypes(config.detailTypes().names())
            .grantManagement(grants(config, urls))
            .responseModes(List.of(ResponseMode.values()))
            .messageSigning(messages(config, keys))
            .build()
            .toJson();
    JsonObject.Builder all = document.toBuilder();
    config
        .registration()
        .dynamic()
        .ifPresent(_ -> all.put("registration_endpoint", urls.register().toString()));
    return all.build();
  }

  @Enforces({"GM-6.2-1", "GM-7.1-1", "GM-7.1-2", "GM-7.1-3"})
  private static GrantManagementMetadata grants(Config config, EndpointUrls urls) {
    if (!config.grantManagement().enabled()) {
      return GrantManagementMetadata.NONE;
    }
    return new GrantManagementMetadata(
        Stream.concat(
                Stream.of(GrantManagementMetadata.QUERY, GrantManagementMetadata.REVOKE),
                Stream.of(GrantAction.values()).map(GrantAction::value))
            .toList(),
        Optional.of(urls.grants()),
        config.grantManagement().actionRequired());
  }

  /** Whether requests must be signed stands with each client, and so is not said of all. */
  @Enforces({"JAR-8", "JARM-8", "9701-9"})
  private static MessageSigningMetadata messages(Config config, SigningKeys keys) {
    List<String> signing = keys.algorithms().stream().map(SignatureAlgorithm::joseName).toList();
    return new MessageSigningMetadata(
        true,
        false,
        false,
        SignatureAlgorithm.joseNames(),
        signing,
        config.resourceServers().isEmpty() ? List.of() : signing);
  }

  /** Those that can publish metadata themselves, which a client holds against this list. */
  @Enforces("PR-4")
  private static List<String> resources(Config config) {
    return config.resources().stream()
        .map(resource -> resource.indicator().value())
        .filter(indicator -> indicator.startsWith("https://"))
        .toList();
  }

  /** The methods that a client can be registered for here. */
  @Enforces({"SP-5.3.2.1-6", "CA-6"})
  private static List<String> authMethods(Config config) {
    List<String> methods = new ArrayList<>(List.of(PrivateKeyJwt.METHOD));
    if (config.clientCertificates().knowsAuthorities()) {
      methods.add(TlsClientAuth.METHOD);
    }
    if (config.clientCertificates().asked()) {
      methods.add(SelfSignedTlsClientAuth.METHOD);
    }
    return methods;
  }

  @Enforces({"SP-5.2.2.1-2", "MT-9"})
  private static MtlsEndpointAliases aliases(Config config, EndpointUrls urls) {
    return new MtlsEndpointAliases(
        urls.alias(urls.par()),
        urls.alias(urls.token()),
        urls.alias(urls.userinfo()),
        config.resourceServers().isEmpty() ? Optional.empty() : urls.alias(urls.introspect()),
        urls.alias(urls.revoke()),
        config.grantManagement().enabled() ? urls.alias(urls.grants()) : Optional.empty());
  }

  /** What a scope opens and somebody has: a claim that nobody has can never come. */
  private static Stream<String> known(Config config) {
    return config.scopes().stream()
        .flatMap(scope -> scope.claims().stream())
        .filter(claim -> config.users().stream().anyMatch(user -> user.claims().has(claim)));
  }
}
