package dev.countersign.attacker.deployment;

import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.InitialAccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Scope;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the file as a whole. Of use for one file. */
final class TargetReader {
  private static final String NOT_RUN = "recipes that need it do not run";
  private static final int PACE = 10;
  private static final int REQUESTS = 20_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Kinds kinds;
  private final ClientReader clientReader;

  TargetReader(Kinds kinds) {
    this.kinds = kinds;
    this.clientReader = new ClientReader(kinds);
  }

  /** Empty if anything is wrong. */
  Optional<Target> read(Section file) {
    Optional<Issuer> issuer =
        file.required(
            "issuer", Kinds.issuer(), "The authorization server, as its metadata names it.");
    Optional<Bounds> bounds = bounds(file);
    AllowedUrls urls = new AllowedUrls(bounds);
    issuer.ifPresent(one -> urls.require(file, "issuer", one.uri()));
    Optional<List<X509Certificate>> trust =
        file.optional(
            "trust",
            kinds.certificates("ca.pem"),
            "those of Java",
            "PEM file of the certificate authorities to trust, in place of those of Java.");
    List<TestClient> clients = clients(file);
    List<TestUser> users = users(file);
    List<TestResource> resources = resources(file, urls, clients);
    Optional<TestIntrospection> introspection = introspection(file);
    Optional<TestRegistration> registration = registration(file);
    LureReader lures = new LureReader(kinds, urls);
    Optional<TestListener> listener =
        file.section("listener", NOT_RUN, "Where the attacker listens.", lures::listener);
    List<ClientUnderTest> clientsUnderTest = clientsUnderTest(file, lures);
    return file.finish(
        () ->
            new Target(
                issuer.orElseThrow(),
                bounds.orElseThrow(),
                trust.orElse(List.of()),
                clients,
                users,
                resources,
                introspection,
                registration,
                listener,
                clientsUnderTest));
  }

  private static List<ClientUnderTest> clientsUnderTest(Section file, LureReader lures) {
    if (file.has("clients_under_test") && !file.has("listener")) {
      file.missing("listener", "{listen: \"0.0.0.0:9443\", url: https://evil.example.net:9443}");
    }
    return file.sections(
        "clients_under_test",
        NOT_RUN,
        "Clients to lure, which work with the target and with the attacker's server at"
            + " `listener.url`. The first of a kind is used.",
        lures::clientUnderTest);
  }

  private static Optional<Bounds> bounds(Section file) {
    List<String> allow =
        file.requiredList(
            "allow",
            Kinds.allowed(),
            "Host and port of every server that may be reached. Nothing else is ever contacted.");
    Optional<Integer> pace =
        file.orElse(
            "requests_per_second",
            Kinds.count(1000, "10"),
            PACE,
            "The pace is never faster. A recipe that sends some at the same moment, at most 20,"
                + " waits as long afterwards. 1 to 1000.");
    Optional<Integer> most =
        file.orElse(
            "max_requests",
            Kinds.count(1_000_000, "20000"),
            REQUESTS,
            "The attack ends there. 1 to 1000000.");
    Optional<Duration> timeout =
        file.orElse("timeout", Kinds.timeout(), TIMEOUT, "How long a whole answer is waited for.");
    Optional<Boolean> heavy =
        file.orElse(
            "heavy",
            Kinds.bool(),
            false,
            "Whether recipes run that send much at once: large messages, many requests in"
                + " parallel, slow bodies.");
    if (allow.isEmpty()
        || pace.isEmpty()
        || most.isEmpty()
        || timeout.isEmpty()
        || heavy.isEmpty()) {
      return Optional.empty();
    }
    Set<String> hosts = new LinkedHashSet<>(allow);
    return Optional.of(new Bounds(hosts, pace.get(), most.get(), timeout.get(), heavy.get()));
  }

  private List<TestClient> clients(Section file) {
    Set<ClientId> known = new HashSet<>();
    return file.requiredSections(
        "clients",
        "[{client_id: app-1, key: app-1.jwk.json, redirect_uri:"
            + " https://app-1.example.com/callback}]",
        "Registered clients that are yours to use. The first two of a kind are used.",
        section -> clientReader.read(section, known));
  }

  private List<TestUser> users(Section file) {
    Set<String> known = new HashSet<>();
    return file.sections(
        "users",
        NOT_RUN,
        "Test users whose login is scripted. The first is the victim, the second the attacker.",
        section -> user(section, known));
  }

  private Optional<TestUser> user(Section section, Set<String> known) {
    Optional<String> name =
        section.required("name", Kinds.text("alice"), "How the report calls the person.");
    Optional<Map<String, String>> fill =
        section.required(
            "fill",
            kinds.fill(),
            "What is typed into form fields, by their names. `${NAME}` takes an environment"
                + " variable.");
    List<String> press =
        section.list(
            "press",
            Kinds.text("login"),
            "the first button of each page",
            "The buttons to press, by value, name or text: of those on a page, the first that"
                + " stands here.");
    if (name.isPresent() && !known.add(name.get())) {
      section.fault("name", "is another user's already", "");
    }
    return section.finish(() -> new TestUser(name.orElseThrow(), fill.orElseThrow(), press));
  }

  private List<TestResource> resources(Section file, AllowedUrls urls, List<TestClient> clients) {
    return file.sections(
        "resources",
        NOT_RUN,
        "Protected resources that tokens of the clients are for.",
        section -> resource(section, urls, clients));
  }

  private Optional<TestResource> resource(
      Section section, AllowedUrls urls, List<TestClient> clients) {
    Optional<URI> url =
        urls.required(
            section,
            "url",
            "https://api.example.com/accounts",
            "Where it is. Asked with GET and a good token, it answers 200 to 299.");
    Optional<String> indicator =
        section.optional(
            "resource",
            Kinds.indicator(),
            "tokens are not for one resource server alone",
            "Its resource indicator (RFC 8707).");
    String scope = scope(section, clients);
    Optional<URI> foreign =
        urls.optional(
            section,
            "foreign",
            "https://api.example.com/accounts/of-somebody-else",
            NOT_RUN,
            "A resource of the second user, which the first must not see.");
    Optional<Boolean> signed =
        section.orElse(
            "signed",
            Kinds.bool(),
            false,
            "Whether requests to it must be signed (HTTP Message Signatures).");
    Optional<PublicJwk> key =
        section.optional(
            "key",
            kinds.publicKey("api.jwk.json"),
            "its answers are not signed",
            "JSON file with the public JWK of the key by which it signs its answers.");
    return section.finish(
        () ->
            new TestResource(
                url.orElseThrow(), indicator, scope, foreign, signed.orElseThrow(), key));
  }

  /** Empty if it needs none. Where no client could be read, the fault of that is enough. */
  private static String scope(Section section, List<TestClient> clients) {
    Optional<String> scope =
        section.optional(
            "scope",
            Kinds.scope("accounts"),
            "none is needed",
            "The scope that reading it needs, within that of a client.");
    if (scope.isPresent() && !clients.isEmpty()) {
      Scope needed = Scope.parse(scope.get());
      boolean asked =
          clients.stream()
              .map(TestClient::scope)
              .filter(one -> !one.isEmpty())
              .anyMatch(one -> needed.isWithin(Scope.parse(one)));
      if (!asked) {
        section.fault("scope", "is not within the scope of any client; add it to one of them", "");
      }
    }
    return scope.orElse("");
  }

  private Optional<TestIntrospection> introspection(Section file) {
    return file.section(
        "introspection",
        NOT_RUN,
        "A resource server that may introspect (RFC 7662).",
        this::introspector);
  }

  private Optional<TestIntrospection> introspector(Section section) {
    Optional<ClientId> id =
        section.required("client_id", Kinds.clientId("api"), "Its `client_id`.");
    Optional<SigningKey> key =
        section.required(
            "key",
            kinds.signingKey("api-introspection.jwk.json"),
            "JSON file with the private JWK of its client assertions.");
    Optional<Boolean> signed =
        section.orElse(
            "signed", Kinds.bool(), false, "Whether it takes signed answers (RFC 9701).");
    return section.finish(
        () -> new TestIntrospection(id.orElseThrow(), key.orElseThrow(), signed.orElseThrow()));
  }

  private Optional<TestRegistration> registration(Section file) {
    return file.section(
        "registration",
        NOT_RUN,
        "How clients register themselves (RFC 7591); may be `{}`.",
        this::registering);
  }

  private Optional<TestRegistration> registering(Section section) {
    Optional<InitialAccessToken> token =
        section.optional(
            "token",
            kinds.initialAccessToken(),
            "registration is open",
            "The initial access token. `${NAME}` takes an environment variable.");
    Optional<JsonObject> metadata =
        section.optional(
            "metadata",
            Kinds.json("{scope: openid accounts}"),
            "none",
            "Members that the target wants beside redirect URI, keys and authentication.");
    return section.finish(
        () -> new TestRegistration(token, metadata.orElse(JsonObject.builder().build())));
  }
}
