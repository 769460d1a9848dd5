package dev.countersign.server.config;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.client.RegisteredClient;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of one client. */
final class ClientReader {
  private final ClientRules rules;
  private final AuthenticationReader authentication;
  private final List<ScopeConfig> scopes;
  private final List<ResourceConfig> known;
  private final Map<ClientId, Integer> lines = new HashMap<>();

  /**
   * Reads the clients of one file.
   *
   * @param folder where relative paths start
   * @param files reads the files that a client names
   */
  ClientReader(Path folder, ClientRules rules, ReadFiles files) {
    this.rules = rules;
    this.authentication = new AuthenticationReader(folder, files, rules.certificates());
    this.scopes = rules.scopes();
    this.known = rules.resources();
  }

  /** All clients of the main file. */
  static List<RegisteredClient> readAll(Section root, ClientReader reader) {
    return root.sections("clients", "none", "The registered clients.", reader::read);
  }

  /** The lines at which the clients read so far name their ids. */
  Map<ClientId, Integer> lines() {
    return Map.copyOf(lines);
  }

  Optional<RegisteredClient> read(Section section) {
    Optional<ClientId> id =
        section.required("client_id", Kinds.clientId(), "What it calls itself in requests.");
    Optional<String> name = name(section);
    Optional<AuthenticationReader.Authentication> proof = authentication.read(section);
    List<GrantType> grantTypes = grantTypes(section);
    List<RedirectUri> redirectUris = redirectUris(section, grantTypes);
    List<ResourceIndicator> resources = resources(section);
    Optional<ResourceIndicator> defaultResource = defaultResource(section, resources);
    Optional<Scope> scope = scope(section, resources);
    Set<String> detailTypes = detailTypes(section);
    Optional<SignatureAlgorithm> idTokens = idTokens(section);
    MessageSigning messages = messages(section, proof, grantTypes);
    Optional<SenderConstraint> binding = authentication.binding(section);
    readAliases(section);
    id.ifPresent(value -> requireOwn(section, value));
    scope.ifPresent(values -> requireForItself(section, values, grantTypes));
    // Without any resource there is no default, which is said where the resources stand.
    return section
        .finish(
            () ->
                defaultResource.map(
                    first ->
                        new RegisteredClient(
                            id.orElseThrow(),
                            name.orElseThrow(),
                            proof.orElseThrow().method(),
                            binding.orElseThrow(),
                            proof.orElseThrow().keys(),
                            redirectUris,
                            EnumSet.copyOf(grantTypes),
                            scope.orElseThrow(),
                            resources,
                            first,
                            idTokens,
                            detailTypes,
                            messages)))
        .flatMap(client -> client);
  }

  private static Optional<String> name(Section section) {
    return section.required(
        "name", Kinds.text("Bank app"), "What people read on the consent page.");
  }

  private Set<String> detailTypes(Section section) {
    return detailTypes(
        section,
        rules,
        "The types of authorization details that it may ask for (RFC 9396), by their names.");
  }

  private Optional<SignatureAlgorithm> idTokens(Section section) {
    return MessageSigningReader.ofServer(
        section,
        "id_token_signed_response_alg",
        "The algorithm of its ID tokens.",
        rules.signing());
  }

  private MessageSigning messages(
      Section section,
      Optional<AuthenticationReader.Authentication> proof,
      List<GrantType> grantTypes) {
    return MessageSigningReader.ofClient(
        section, proof.map(AuthenticationReader.Authentication::keys), grantTypes, rules.signing());
  }

  /** Nothing depends on it. */
  private static void readAliases(Section section) {
    section.orElse(
        "use_mtls_endpoint_aliases",
        Kinds.bool(false),
        "false",
        "What it was told: to call all endpoints at their `mtls_endpoint_aliases`. Kept for the"
            + " record (SP-5.2.2.1.1-1); both addresses answer it in any case.");
  }

  /** Types by their names, each of those that exist. */
  static Set<String> detailTypes(Section section, ClientRules rules, String doc) {
    Kind<String> name = Kinds.text("payment_initiation");
    List<String> names = section.list(DetailTypesReader.KEY, name, "none", doc);
    names.stream()
        .flatMap(type -> rules.detailTypes().fault(type).stream())
        .forEach(fault -> section.problem(DetailTypesReader.KEY, fault, ""));
    return Set.copyOf(names);
  }

  /** An id names one client, and never what is also a person. */
  @Enforces("SP-6.7")
  private void requireOwn(Section section, ClientId id) {
    if (lines.putIfAbsent(id, section.line("client_id")) != null) {
      section.problem("client_id", "belongs to another client already", "");
    }
    if (rules.others().contains(id)) {
      section.problem("client_id", "belongs to a resource server already", "");
    }
    if (rules.isPerson(id)) {
      section.problem("client_id", "equals the sub of a user; they must differ (SP-6.7)", "");
    }
  }

  /** Nobody who is asked for consent must be able to make a client an operator's. */
  private static void requireForItself(Section section, Scope scope, List<GrantType> grantTypes) {
    if (scope.contains(RegisteredClient.OPERATOR_SCOPE)
        && !grantTypes.equals(List.of(GrantType.CLIENT_CREDENTIALS))) {
      section.problem(
          "grant_types",
          "must be client_credentials alone for a client with the scope "
              + RegisteredClient.OPERATOR_SCOPE,
          "[client_credentials]");
    }
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
            RedirectUris.kind(),
            "must be given with the code grant",
            "Where people are sent back to, compared character by character.");
    if (!section.has("redirect_uris") && grantTypes.contains(GrantType.AUTHORIZATION_CODE)) {
      section.missing("redirect_uris", "[" + RedirectUris.kind().example() + "]");
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
        section.required(
            "scope",
            Kinds.scope("openid accounts"),
            "All that it may ask for. `countersign_operator` is for a client by which an operator"
                + " sees and ends grants, with the grant `client_credentials` alone.");
    scope.ifPresent(
        values -> {
          requireKnown(section, "scope", ofOthers(values), scopes);
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

  /** The values that have to be described. */
  private static Scope ofOthers(Scope scope) {
    return new Scope(
        scope.tokens().stream()
            .filter(token -> !token.equals(RegisteredClient.OPERATOR_SCOPE))
            .toList());
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
