package dev.countersign.server.config;

import dev.countersign.edge.TrustedProxies;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.text.LocalText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All keys of the file but those of a client: {@link ClientReader}. */
final class ConfigReader {
  private static final ScopeConfig OPENID =
      new ScopeConfig(
          Scope.OPENID, text("Know that it is you", "Wissen, dass Sie es sind"), List.of());
  private static final ScopeConfig OFFLINE_ACCESS =
      new ScopeConfig(
          Scope.OFFLINE_ACCESS,
          text(
              "Keep this access while you are away",
              "Den Zugriff behalten, während Sie nicht da sind"),
          List.of());

  private final Path folder;
  private final Optional<ReadFiles> files;

  /** For a text that is in no file. */
  ConfigReader(Path folder) {
    this(folder, Optional.empty());
  }

  /** For a file that {@code files} has read. */
  ConfigReader(Path folder, ReadFiles files) {
    this(folder, Optional.of(files));
  }

  private ConfigReader(Path folder, Optional<ReadFiles> files) {
    this.folder = folder;
    this.files = files;
  }

  Optional<Config> read(Section root) {
    Optional<Issuer> issuer =
        root.required(
            "issuer",
            Kinds.issuer(),
            "The issuer identifier: the public address of the server. All endpoints are below it,"
                + " and clients compare it character by character.");
    Optional<ListenAddress> listen = listen(root.section("listen", "Where the server listens."));
    Optional<TlsFiles> tls = tls(root.section("tls", "The server's certificate."));
    ListenersReader listeners = new ListenersReader(folder);
    Optional<Optional<MtlsConfig>> mtls =
        listeners.mtls(
            root.section("mtls", "The second listener, for clients with a certificate."),
            issuer,
            listen);
    Optional<TrustedProxies> proxies =
        listeners.proxies(
            root.section("trusted_proxies", "The reverse proxies in front of both listeners."));
    Optional<Path> store =
        store(root.section("store", "The embedded store: all that must survive a restart."));
    Optional<LogConfig> log = OperationsReader.log(root.section("log", "The log."), folder, store);
    Optional<ManagementConfig> management =
        OperationsReader.management(
            root.section("management", "Probes and metrics, for those who run the server."),
            listen,
            mtls.flatMap(second -> second.map(MtlsConfig::listen)));
    Optional<GrantManagementConfig> grantManagement =
        GrantManagementReader.read(
            root.section(
                "grant_management",
                "What clients may do with grants (Grant Management, a draft)."));
    List<ScopeConfig> ofGrants = GrantManagementReader.scopes(grantManagement);
    List<ScopeConfig> described = scopes(root, ofGrants);
    List<ResourceConfig> resources = resources(root, described);
    List<ScopeConfig> scopes = Stream.concat(described.stream(), ofGrants.stream()).toList();
    ReadTypes detailTypes = new DetailTypesReader(folder).read(root);
    Optional<Lifetimes> lifetimes = lifetimes(root.section("lifetimes", "How long things last."));
    Optional<LoginConfig> login = LoginReader.read(root.section("login", "The built-in login."));
    Optional<DpopConfig> dpop =
        dpop(root.section("dpop", "Nonces in DPoP proofs (RFC 9449 sections 8 and 9)."));
    Optional<RevocationFeedConfig> feed =
        OperationsReader.revocationFeed(
            root.section(
                "revocation_feed",
                "The signed list of grants that ended, for APIs that verify access tokens"
                    + " themselves."));
    Optional<SignatureAlgorithm> algorithm =
        root.orElse(
            "signing_alg",
            Kinds.algorithm(),
            "ES256",
            "What tokens are signed with. The key is made at first start and kept in the store.");
    ClientCertificateConfig certificates =
        new ClientCertificateConfig(
            mtls.flatMap(second -> second).isPresent()
                || proxies.filter(TrustedProxies::clientCertificate).isPresent(),
            root.optional(
                    "client_certificate_authorities",
                    AuthorityFile.ofClients(folder),
                    "none",
                    "PEM file with the certificates of authorities that sign clients' certificates"
                        + " (`tls_client_auth`). Whether a certificate was revoked is not asked:"
                        + " end the registration.")
                .orElse(List.of()));
    ClientRules rules = ClientRules.atStart(scopes, resources, detailTypes, certificates);
    ClientFile main = clients(root, rules);
    ClientsReader clientsReader = new ClientsReader(folder);
    Optional<Path> directory = clientsReader.directory(root);
    Optional<Optional<Duration>> reload = clientsReader.reload(root);
    Optional<KeyFetchConfig> keyFetch =
        clientsReader.keys(
            root.section("client_keys", "How the keys behind a client's `jwks_uri` are fetched."));
    Optional<Optional<DynamicRegistrationReader.Limits>> dynamic =
        new DynamicRegistrationReader(rules)
            .read(
                root.section(
                    "dynamic_registration",
                    "Clients that register themselves (RFC 7591) and look after their registration"
                        + " (RFC 7592)."));
    List<UserConfig> users = users(root, main.clients(), detailTypes.types());
    ClientFiles clients = clientFiles(root, main, directory, rules.withSubjects(subjects(users)));
    List<RegisteredClient> resourceServers = resourceServers(root, rules, clients.clients());
    Optional<PagesConfig> pages =
        new PagesReader(folder)
            .read(root.section("pages", "What people see at login and consent."), issuer);
    return root.finish(
        () ->
            new Config(
                issuer.orElseThrow(),
                listen.orElseThrow(),
                tls.orElseThrow(),
                store.orElseThrow(),
                scopes,
                resources,
                lifetimes.orElseThrow(),
                login.orElseThrow(),
                dpop.orElseThrow(),
                algorithm.orElseThrow(),
                clients.clients(),
                resourceServers,
                users,
                pages.orElseThrow(),
                log.orElseThrow(),
                management.orElseThrow(),
                mtls.orElseThrow(),
                proxies.orElseThrow(),
                certificates,
                registration(
                    clients.whileRunning(algorithm.orElseThrow(), resourceServers),
                    reload.orElseThrow(),
                    keyFetch.orElseThrow(),
                    dynamic.orElseThrow()),
                detailTypes.types(),
                feed.orElseThrow(),
                grantManagement.orElseThrow()));
  }

  private static Optional<ListenAddress> listen(Section listen) {
    Optional<String> host =
        listen.orElse(
            "host",
            Kinds.text("127.0.0.1"),
            "127.0.0.1",
            "A name or address of this machine; `0.0.0.0` is all of its addresses.");
    Optional<Integer> port = listen.orElse("port", Kinds.port("8443"), "8443", "The TCP port.");
    return listen.finish(() -> new ListenAddress(host.orElseThrow(), port.orElseThrow()));
  }

  private Optional<TlsFiles> tls(Section tls) {
    Optional<Path> certificate =
        tls.required(
            "certificate",
            Kinds.file(folder, "server.pem"),
            "PEM file with the certificate and its chain.");
    Optional<Path> key =
        tls.required(
            "key",
            Kinds.file(folder, "server-key.pem"),
            "PEM file with the private key (PKCS #8).");
    return tls.finish(() -> new TlsFiles(certificate.orElseThrow(), key.orElseThrow()));
  }

  private Optional<Path> store(Section store) {
    Kind<Path> path = Kinds.path(folder, "countersign.db");
    Optional<Path> file =
        store.orElse("path", path, "countersign.db", "Its file; made if it is not there.");
    return store.finish(file::orElseThrow);
  }

  private static List<ScopeConfig> scopes(Section root, List<ScopeConfig> ofGrants) {
    Set<String> names = new HashSet<>();
    ofGrants.forEach(scope -> names.add(scope.name()));
    List<ScopeConfig> scopes =
        new ArrayList<>(
            root.sections(
                "scopes",
                "`openid`, `offline_access`",
                "What clients can ask for. `openid` and `offline_access` are always there; they"
                    + " can be described anew, too.",
                section -> scope(section, names)));
    List.of(OPENID, OFFLINE_ACCESS)
        .forEach(
            builtIn -> {
              if (!names.contains(builtIn.name())) {
                scopes.add(builtIn);
              }
            });
    return List.copyOf(scopes);
  }

  private static Optional<ScopeConfig> scope(Section section, Set<String> names) {
    Optional<String> name = section.required("name", Kinds.scopeName(), "The scope value.");
    Optional<LocalText> description =
        section.required(
            "description",
            PageKinds.localText("See your accounts and their balance"),
            "What people read on the consent page.");
    List<String> claims =
        section.list(
            "claims",
            Kinds.text("email"),
            "none",
            "The claims of a user that it opens at userinfo. A client may ask for one by name only"
                + " if a scope of its registration opens it.");
    name.filter(RegisteredClient.OPERATOR_SCOPE::equals)
        .ifPresent(_ -> section.problem("name", "is for clients of operators, and built in", ""));
    name.filter(text -> !names.add(text))
        .ifPresent(text -> section.problem("name", "there is a scope '" + text + "' already", ""));
    return section.finish(
        () -> new ScopeConfig(name.orElseThrow(), description.orElseThrow(), claims));
  }

  private static LocalText text(String english, String german) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("en", english);
    texts.put("de", german);
    return new LocalText(texts);
  }

  private static List<ResourceConfig> resources(Section root, List<ScopeConfig> scopes) {
    Set<ResourceIndicator> seen = new HashSet<>();
    return root.requiredSections(
        "resources",
        "[{indicator: 'https://api.example.com', scopes: accounts}]",
        "The APIs that tokens are for (RFC 8707); at least one. The first is the default of clients"
            + " that name none.",
        section -> resource(section, scopes, seen));
  }

  private static Optional<ResourceConfig> resource(
      Section section, List<ScopeConfig> scopes, Set<ResourceIndicator> seen) {
    Optional<ResourceIndicator> indicator =
        section.required("indicator", Kinds.resource(), "Its identifier, the `aud` of its tokens.");
    Optional<Scope> values =
        section.optional(
            "scopes",
            Kinds.scope("accounts payments"),
            "none",
            "The scopes that mean something there. A scope that no resource lists is about the"
                + " person and fits every resource.");
    values.ifPresent(scope -> ClientReader.requireKnown(section, "scopes", scope, scopes));
    indicator
        .filter(value -> !seen.add(value))
        .ifPresent(_ -> section.problem("indicator", "stands here twice", ""));
    return section.finish(
        () -> new ResourceConfig(indicator.orElseThrow(), values.orElse(Scope.NONE)));
  }

  private static Optional<Lifetimes> lifetimes(Section section) {
    var accessToken =
        section.orElse(
            "access_token", Durations.accessToken(), "5m", "Access tokens and ID tokens.");
    var code =
        section.orElse(
            "authorization_code", Durations.authorizationCode(), "60s", "Authorization codes.");
    var requestUri =
        section.orElse("request_uri", Durations.requestUri(), "90s", "Pushed requests.");
    var interaction =
        section.orElse(
            "interaction", Durations.interaction(), "15m", "Login and consent of one request.");
    var session = section.orElse("session", Durations.session(), "8h", "A login in one browser.");
    var consent =
        section.orElse(
            "consent",
            Durations.consent(),
            "90d",
            "What a person allowed a client, until they are asked again.");
    var refreshToken =
        section.orElse("refresh_token", Durations.refreshToken(), "none", "Refresh tokens.");
    var dpopNonce =
        section.orElse("dpop_nonce", Durations.dpopNonce(), "5m", "Nonces for DPoP proofs.");
    var rotateBefore =
        section.optional(
            "rotate_refresh_tokens_before",
            Kinds.instant(),
            "none",
            "For extraordinary circumstances alone, since FAPI 2.0 wants refresh tokens to stay:"
                + " those issued before this time are replaced at their next use. The old token"
                + " works until the new one is used, 24 hours at most, and gives the same new one"
                + " again to a client that lost it. A time to come counts as the start.");
    return section.finish(
        () ->
            new Lifetimes(
                accessToken.orElseThrow(),
                code.orElseThrow(),
                requestUri.orElseThrow(),
                interaction.orElseThrow(),
                session.orElseThrow(),
                consent.orElseThrow(),
                refreshToken.orElseThrow(),
                dpopNonce.orElseThrow(),
                rotateBefore));
  }

  private static Optional<DpopConfig> dpop(Section section) {
    Optional<Boolean> nonces =
        section.orElse(
            "nonces",
            Kinds.bool(true),
            "true",
            "Demanded at PAR and token of a proof that is there.");
    Optional<Boolean> userinfo =
        section.orElse(
            "userinfo_nonces",
            Kinds.bool(true),
            "false",
            "Demanded at userinfo and `/grants`; the time of the nonce then replaces the window"
                + " of `iat`.");
    return section.finish(() -> new DpopConfig(nonces.orElseThrow(), userinfo.orElseThrow()));
  }

  private ClientFile clients(Section root, ClientRules rules) {
    ClientReader reader = new ClientReader(folder, rules, files.orElseGet(ReadFiles::new));
    List<RegisteredClient> clients = ClientReader.readAll(root, reader);
    return new ClientFile(
        folder.resolve(root.file()),
        root.file(),
        clients,
        reader.lines(),
        List.of(),
        files.orElseGet(ReadFiles::new));
  }

  private static ClientFiles clientFiles(
      Section root, ClientFile main, Optional<Path> directory, ClientRules rules) {
    ClientFiles clients = ClientFiles.read(Optional.of(main), directory, rules);
    root.problemsElsewhere(clients.problems());
    return clients;
  }

  private static ClientsConfig registration(
      ClientFiles clients,
      Optional<Duration> reload,
      KeyFetchConfig keys,
      Optional<DynamicRegistrationReader.Limits> dynamic) {
    return new ClientsConfig(
        clients,
        reload,
        keys,
        dynamic.map(limits -> new DynamicRegistration(limits, clients.rules())));
  }

  private static List<Subject> subjects(List<UserConfig> users) {
    return users.stream().map(UserConfig::subject).toList();
  }

  private List<RegisteredClient> resourceServers(
      Section root, ClientRules rules, List<RegisteredClient> clients) {
    ResourceServerReader reader =
        new ResourceServerReader(
            new AuthenticationReader(folder, new ReadFiles(), rules.certificates()),
            rules.resources(),
            clients);
    return root.sections(
        "resource_servers",
        "none",
        "Who may ask at the introspection endpoint (RFC 7662) whether a token still stands. They"
            + " authenticate as clients do.",
        reader::read);
  }

  private static List<UserConfig> users(
      Section root, List<RegisteredClient> clients, DetailTypes detailTypes) {
    UserReader reader = new UserReader(clients, detailTypes);
    return root.sections("users", "none", "The accounts of the built-in login.", reader::read);
  }
}
