package dev.countersign.server.config;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.RegisteredClient;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of one client. */
final class ClientReader {
  private final Path folder;
  private final List<ScopeConfig> scopes;
  private final List<ResourceConfig> known;
  private final Set<ClientId> ids = new HashSet<>();

  ClientReader(Path folder, List<ScopeConfig> scopes, List<ResourceConfig> known) {
    this.folder = folder;
    this.scopes = scopes;
    this.known = known;
  }

  Optional<RegisteredClient> read(Section section) {
    Optional<ClientId> id =
        section.required("client_id", Kinds.clientId(), "What it calls itself in requests.");
    Optional<String> name =
        section.required("name", Kinds.text("Bank app"), "What people read on the consent page.");
    Optional<JwkSet> jwks = jwks(section, folder);
    List<GrantType> grantTypes = grantTypes(section);
    List<RedirectUri> redirectUris = redirectUris(section, grantTypes);
    List<ResourceIndicator> resources = resources(section);
    Optional<ResourceIndicator> defaultResource = defaultResource(section, resources);
    Optional<Scope> scope = scope(section, resources);
    Optional<SignatureAlgorithm> assertions = assertionAlgorithm(section);
    Optional<SignatureAlgorithm> idTokens = idTokenAlgorithm(section);
    section.orElse(
        "dpop_bound_access_tokens",
        Kinds.boundTokens(),
        "true",
        "Only `true`: no other access tokens are issued (SP-5.3.2.1-4).");
    id.filter(value -> !ids.add(value))
        .ifPresent(_ -> section.problem("client_id", "belongs to another client already", ""));
    return section.finish(
        () ->
            new RegisteredClient(
                id.orElseThrow(),
                name.orElseThrow(),
                ClientKeys.of(jwks.orElseThrow()),
                redirectUris,
                EnumSet.copyOf(grantTypes),
                scope.orElseThrow(),
                resources,
                defaultResource.orElseThrow(),
                assertions,
                idTokens));
  }

  static Optional<SignatureAlgorithm> assertionAlgorithm(Section section) {
    return section.optional(
        "token_endpoint_auth_signing_alg",
        Kinds.algorithm(),
        "any that fits the key",
        "The only algorithm of its assertions.");
  }

  private static Optional<SignatureAlgorithm> idTokenAlgorithm(Section section) {
    return section.optional(
        "id_token_signed_response_alg",
        Kinds.algorithm(),
        "`signing_alg`",
        "The algorithm of its ID tokens.");
  }

  static Optional<JwkSet> jwks(Section section, Path folder) {
    Optional<JwkSet> inline =
        section.either(
            "jwks",
            JsonKinds.jwks(),
            "jwks_file",
            "The client's public keys (RFC 7517), as JSON or YAML.");
    Optional<JwkSet> file =
        section.either("jwks_file", JsonKinds.jwksFile(folder), "jwks", "The same in a JSON file.");
    if (section.has("jwks") && section.has("jwks_file")) {
      section.problem("jwks_file", "stands beside jwks; keep one of them", "");
    }
    if (!section.has("jwks") && !section.has("jwks_file")) {
      section.missing("jwks", JsonKinds.jwks().example());
    }
    return inline.or(() -> file);
  }

  private static List<GrantType> grantTypes(Section section) {
    List<GrantType> grantTypes =
        section.requiredSomeOf("grant_types", Kinds.grantType(), "How it may get tokens.");
    if (grantTypes.contains(GrantType.REFRESH_TOKEN)
        && !grantTypes.contains(GrantType.AUTHORIZATION_CODE)) {
      section.problem(
          "grant_types",
          "refresh_token needs authorization_code beside it",
          "[authorization_code, refresh_token]");
    }
    return grantTypes;
  }

  private static List<RedirectUri> redirectUris(Section section, List<GrantType> grantTypes) {
    List<RedirectUri> uris =
        section.someOf(
            "redirect_uris",
            Kinds.redirectUri(),
            "must be given with the code grant",
            "Where people are sent back to, compared character by character.");
    if (!section.has("redirect_uris") && grantTypes.contains(GrantType.AUTHORIZATION_CODE)) {
      section.missing("redirect_uris", "[" + Kinds.redirectUri().example() + "]");
    }
    return uris;
  }

  private List<ResourceIndicator> resources(Section section) {
    List<ResourceIndicator> resources =
        section.someOf(
            "resources",
            Kinds.resource(),
            "the first of `resources`",
            "All that it may ask tokens for.");
    requireKnownResources(section, resources, known);
    if (section.has("resources") || known.isEmpty()) {
      return resources;
    }
    return List.of(known.getFirst().indicator());
  }

  private static Optional<ResourceIndicator> defaultResource(
      Section section, List<ResourceIndicator> resources) {
    Optional<ResourceIndicator> chosen =
        section.optional(
            "default_resource",
            Kinds.resource(),
            "the first of its resources",
            "The audience when it names none.");
    chosen
        .filter(resource -> !resources.contains(resource))
        .ifPresent(
            _ -> section.problem("default_resource", "is none of the client's resources", ""));
    return section.has("default_resource") ? chosen : resources.stream().findFirst();
  }

  private Optional<Scope> scope(Section section, List<ResourceIndicator> resources) {
    Optional<Scope> scope =
        section.required("scope", Kinds.scope("openid accounts"), "All that it may ask for.");
    scope.ifPresent(
        values -> {
          requireKnown(section, "scope", values, scopes);
          values.tokens().stream()
              .filter(token -> homes(token).findAny().isPresent())
              .filter(token -> homes(token).noneMatch(resources::contains))
              .forEach(
                  token ->
                      section.problem(
                          "scope", "'" + token + "' is of none of the client's resources", ""));
        });
    return scope;
  }

  private Stream<ResourceIndicator> homes(String token) {
    return known.stream()
        .filter(resource -> resource.scopes().contains(token))
        .map(ResourceConfig::indicator);
  }

  static void requireKnownResources(
      Section section, List<ResourceIndicator> resources, List<ResourceConfig> known) {
    resources.stream()
        .filter(resource -> known.stream().noneMatch(one -> one.indicator().equals(resource)))
        .forEach(_ -> section.problem("resources", "names one that 'resources' does not list", ""));
  }

  static void requireKnown(Section section, String key, Scope values, List<ScopeConfig> scopes) {
    values.tokens().stream()
        .filter(token -> scopes.stream().noneMatch(scope -> scope.name().equals(token)))
        .forEach(
            token -> section.problem(key, "'" + token + "' is not described under 'scopes'", ""));
  }
}
