package dev.countersign.server.metadata;

import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.AuthorizationServerMetadataBuilder;
import dev.countersign.protocol.metadata.GrantManagementMetadata;
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
  /** RFC 9701 section 7. */
  private static final String INTROSPECTION_ALGORITHMS =
      "introspection_signing_alg_values_supported";

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
            .build()
            .toJson();
    JsonObject.Builder all = document.toBuilder();
    if (!config.resourceServers().isEmpty()) {
      all.put(INTROSPECTION_ALGORITHMS, algorithm(config));
    }
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

  /** What answers of introspection are signed with, where they are wanted signed. */
  private static List<String> algorithm(Config config) {
    return List.of(config.signingAlgorithm().joseName());
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
