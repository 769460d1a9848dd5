package dev.countersign.server.config;

import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.server.details.DetailTypes;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code dynamic_registration}. */
final class DynamicRegistrationReader {
  private final ClientRules rules;

  DynamicRegistrationReader(ClientRules rules) {
    this.rules = rules;
  }

  /**
   * What a client that registers itself may have.
   *
   * @param open whether no token is needed to register
   * @param tokens digests of the initial access tokens
   * @param maxClients how many of them there may be
   * @param unusedFor how long a registration waits for its client; empty: for ever
   * @param scope all that it may ask for
   * @param resources all that it may ask tokens for
   * @param detailTypes the types of authorization details that it may ask for
   * @param grantTypes the grants it may use
   * @param methods how it may authenticate
   * @param messages what it must have signed
   * @param statements whose software statements are taken
   */
  record Limits(
      boolean open,
      List<SecretDigest> tokens,
      int maxClients,
      Optional<Duration> unusedFor,
      Scope scope,
      List<ResourceIndicator> resources,
      Set<String> detailTypes,
      Set<GrantType> grantTypes,
      Set<String> methods,
      Set<SignedMessage> messages,
      SoftwareStatementRules statements) {

    Limits {
      tokens = List.copyOf(tokens);
      resources = List.copyOf(resources);
      detailTypes = Set.copyOf(detailTypes);
      grantTypes = Set.copyOf(grantTypes);
      methods = Set.copyOf(methods);
      messages = Set.copyOf(messages);
    }
  }

  /** Empty inside if clients cannot register themselves; empty outside if a key is wrong. */
  Optional<Optional<Limits>> read(Section section) {
    Optional<Boolean> enabled = enabled(section);
    boolean open = open(section);
    List<SecretDigest> tokens = tokens(section);
    Optional<SoftwareStatementRules> statements =
        SoftwareStatementReader.read(
            section.section(
                "software_statements",
                "Signed statements about the software of a client (RFC 7591 section 2.3)."));
    boolean vouched = statements.filter(SoftwareStatementRules::required).isPresent();
    if (enabled.orElse(false) && tokens.isEmpty() && !open && !vouched) {
      section.missing("initial_access_tokens", "[" + digest().example() + "]");
    }
    Optional<Integer> most = most(section);
    Optional<Optional<Duration>> unusedFor = unusedFor(section);
    Scope scope = scope(section);
    List<ResourceIndicator> resources = resources(section);
    requireReachable(section, scope, resources);
    Set<String> detailTypes = detailTypes(section);
    Set<GrantType> grantTypes = grantTypes(section);
    Set<String> methods = methods(section);
    Set<SignedMessage> messages = messages(section);
    return section.finish(
        () ->
            Optional.of(
                    new Limits(
                        open || (tokens.isEmpty() && vouched),
                        tokens,
                        most.orElseThrow(),
                        unusedFor.orElseThrow(),
                        scope,
                        resources,
                        detailTypes,
                        grantTypes,
                        methods,
                        messages,
                        statements.orElseThrow()))
                .filter(_ -> enabled.orElseThrow()));
  }

  private static Optional<Boolean> enabled(Section section) {
    return section.orElse(
        "enabled",
        Kinds.bool(true),
        "false",
        "Whether clients can register themselves at `/register`. Those that did before are"
            + " unknown while this is false.");
  }

  private static Optional<Integer> most(Section section) {
    return section.orElse(
        "max_clients",
        Kinds.count(100_000, "1000"),
        "1000",
        "Clients that registered themselves, at most; further ones are refused.");
  }

  private static Optional<Optional<Duration>> unusedFor(Section section) {
    return section.orElse(
        "unused_for",
        Durations.unusedRegistration(),
        "30d",
        "A registration ends by itself if its client has not authenticated so long after it was"
            + " made or last replaced. One that has done so once stays.");
  }

  private Scope scope(Section section) {
    Optional<Scope> scope =
        section.optional(
            "scope",
            Kinds.scope("openid accounts"),
            "`openid`",
            "All that such a client may ask for, and what it gets if it names no scope.");
    scope.ifPresent(values -> ClientReader.requireKnown(section, "scope", values, rules.scopes()));
    return scope.orElse(Scope.of(Scope.OPENID));
  }

  private List<ResourceIndicator> resources(Section section) {
    List<ResourceIndicator> resources =
        section.someOf(
            "resources",
            Kinds.resource(),
            "the first of `resources`",
            "All that it may ask tokens for. The first is the audience when it names none.");
    ClientReader.requireKnownResources(section, resources, rules.resources());
    return resources.isEmpty()
        ? rules.resources().stream().limit(1).map(ResourceConfig::indicator).toList()
        : resources;
  }

  /** A scope value that no client could be registered for is a mistake to be told of now. */
  private void requireReachable(Section section, Scope scope, List<ResourceIndicator> resources) {
    for (String token : scope.tokens()) {
      List<ResourceIndicator> homes =
          rules.resources().stream()
              .filter(resource -> resource.scopes().contains(token))
              .map(ResourceConfig::indicator)
              .toList();
      if (!homes.isEmpty() && homes.stream().noneMatch(resources::contains)) {
        section.problem("scope", "'" + token + "' is of none of these resources", "");
      }
    }
  }

  /** Who names a type for itself must not get its objects for itself: nobody would have agreed. */
  @Enforces({"RAR-6-2"})
  private Set<String> detailTypes(Section section) {
    DetailTypes types = rules.detailTypes().types();
    Set<String> names =
        ClientReader.detailTypes(
            section,
            rules,
            "The types of authorization details that such a client may register for, none with"
                + " `without_person`. It gets those alone that it names in its metadata.");
    names.stream()
        .filter(name -> types.find(name).filter(DetailType::forClientsAlone).isPresent())
        .forEach(
            name ->
                section.problem(
                    DetailTypesReader.KEY,
                    "'"
                        + name
                        + "' has without_person: true, so that whoever registers would get any"
                        + " object of it, and nobody would be asked; name such a type for a client"
                        + " of the configuration alone",
                    ""));
    return names;
  }

  private static Set<GrantType> grantTypes(Section section) {
    List<GrantType> grantTypes =
        section.someOf(
            "grant_types",
            Kinds.grantType(),
            "`authorization_code`, `refresh_token`",
            "The grants it may register for.");
    return grantTypes.isEmpty()
        ? Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)
        : Set.copyOf(grantTypes);
  }

  private static Set<String> methods(Section section) {
    List<String> methods =
        section.someOf(
            "token_endpoint_auth_methods",
            AuthenticationReader.method(),
            "`private_key_jwt`",
            "The methods it may register for.");
    return methods.isEmpty() ? Set.of(PrivateKeyJwt.METHOD) : Set.copyOf(methods);
  }

  private static Set<SignedMessage> messages(Section section) {
    return SignedMessage.read(
        section,
        "The profile of FAPI 2.0 that such a client is held to. With `fapi2-message-signing` it is"
            + " registered as one that has signed what `message_signing` names, and refused if it"
            + " says the contrary.",
        "What must be signed of all of them. Each may register for more"
            + " (`require_signed_request_object`, `response_modes`).");
  }

  private static boolean open(Section section) {
    return section
        .orElse(
            "open",
            Kinds.bool(false),
            "false",
            "Whether anybody may register a client, without an initial access token.")
        .orElse(false);
  }

  private static List<SecretDigest> tokens(Section section) {
    return section.someOf(
        "initial_access_tokens",
        digest(),
        "must be given, unless `open` or `software_statements.required` is true",
        "Digests of the tokens that let their holders register clients, each as often as there is"
            + " room. To end one, take it out and restart.");
  }

  private static Kind<SecretDigest> digest() {
    return new Kind<>(
        "'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'",
        Shape.pattern("^[0-9a-f]{64}$"),
        "SHA-256 in 64 hexadecimal digits, made by `countersign registration-token`, never the"
            + " token itself.",
        node -> {
          String text = Kinds.text(node);
          if (!text.matches("[0-9a-f]{64}")) {
            throw new Kind.WrongValue(
                "must be a digest of 64 hexadecimal digits, never the token itself (DC-1)");
          }
          return SecretDigest.ofSha256(HexFormat.of().parseHex(text));
        });
  }
}
