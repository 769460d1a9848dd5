package dev.countersign.server.config;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.client.RegisteredClient;
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

  ConfigReader(Path folder) {
    this.folder = folder;
  }

  Optional<Config> read(Section root) {
    Optional<Issuer> issuer = root.required("issuer", Kinds.issuer());
    Optional<ListenAddress> listen = listen(root.section("listen"));
    Optional<TlsFiles> tls = tls(root.section("tls"));
    Section storage = root.section("store");
    Optional<Path> store = store(storage);
    List<ScopeConfig> scopes = scopes(root);
    List<ResourceConfig> resources = resources(root, scopes);
    Optional<Lifetimes> lifetimes = lifetimes(root.section("lifetimes"));
    Optional<DpopConfig> dpop = dpop(root.section("dpop"));
    Optional<SignatureAlgorithm> algorithm =
        root.orElse("signing_alg", Kinds.algorithm(), SignatureAlgorithm.ES256);
    List<RegisteredClient> clients = clients(root, scopes, resources);
    List<UserConfig> users = users(root, clients);
    Optional<LoginConfig> login = LoginReader.read(root.section("login"));
    Optional<PagesConfig> pages = new PagesReader(folder).read(root.section("pages"), issuer);
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
                dpop.orElseThrow(),
                algorithm.orElseThrow(),
                clients,
                users,
                login.orElseThrow(),
                pages.orElseThrow()));
  }

  private static Optional<ListenAddress> listen(Section listen) {
    Optional<String> host = listen.orElse("host", Kinds.text("127.0.0.1"), "127.0.0.1");
    Optional<Integer> port = listen.orElse("port", Kinds.port(), 8443);
    return listen.finish(() -> new ListenAddress(host.orElseThrow(), port.orElseThrow()));
  }

  private Optional<TlsFiles> tls(Section tls) {
    Optional<Path> certificate = tls.required("certificate", Kinds.file(folder, "server.pem"));
    Optional<Path> key = tls.required("key", Kinds.file(folder, "server-key.pem"));
    return tls.finish(() -> new TlsFiles(certificate.orElseThrow(), key.orElseThrow()));
  }

  private Optional<Path> store(Section store) {
    Kind<Path> path = Kinds.path(folder, "countersign.db");
    Optional<Path> file = store.orElse("path", path, folder.resolve("countersign.db"));
    return store.finish(file::orElseThrow);
  }

  private static List<ScopeConfig> scopes(Section root) {
    Set<String> names = new HashSet<>();
    List<ScopeConfig> scopes =
        new ArrayList<>(root.sections("scopes", section -> scope(section, names)));
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
    Optional<Scope> name = section.required("name", Kinds.scope("accounts"));
    Optional<LocalText> description =
        section.required("description", PageKinds.localText("See your accounts and their balance"));
    List<String> claims = section.list("claims", Kinds.text("email"));
    name.filter(scope -> scope.tokens().size() != 1)
        .ifPresent(_ -> section.problem("name", "must be one name", "accounts"));
    name.map(Scope::toString)
        .filter(text -> !names.add(text))
        .ifPresent(text -> section.problem("name", "there is a scope '" + text + "' already", ""));
    return section.finish(
        () -> new ScopeConfig(name.orElseThrow().toString(), description.orElseThrow(), claims));
  }

  private static LocalText text(String english, String german) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("en", english);
    texts.put("de", german);
    return new LocalText(texts);
  }

  private static List<ResourceConfig> resources(Section root, List<ScopeConfig> scopes) {
    Set<Object> seen = new HashSet<>();
    if (!root.has("resources")) {
      root.missing("resources", "[{indicator: 'https://api.example.com', scopes: accounts}]");
    }
    return root.someSections(
        "resources",
        section -> {
          var indicator = section.required("indicator", Kinds.resource());
          Optional<Scope> values =
              section.orElse("scopes", Kinds.scope("accounts payments"), Scope.NONE);
          values.ifPresent(scope -> ClientReader.requireKnown(section, "scopes", scope, scopes));
          indicator
              .filter(value -> !seen.add(value))
              .ifPresent(_ -> section.problem("indicator", "stands here twice", ""));
          return section.finish(
              () -> new ResourceConfig(indicator.orElseThrow(), values.orElseThrow()));
        });
  }

  private static Optional<Lifetimes> lifetimes(Section section) {
    var accessToken =
        section.orElse("access_token", Durations.accessToken(), Duration.ofMinutes(5));
    var code =
        section.orElse("authorization_code", Durations.authorizationCode(), Duration.ofSeconds(60));
    var requestUri = section.orElse("request_uri", Durations.requestUri(), Duration.ofSeconds(90));
    var interaction =
        section.orElse("interaction", Durations.interaction(), Duration.ofMinutes(15));
    var session = section.orElse("session", Durations.session(), Duration.ofHours(8));
    var refreshToken =
        section.orElse("refresh_token", Durations.refreshToken(), Optional.<Duration>empty());
    var dpopNonce = section.orElse("dpop_nonce", Durations.dpopNonce(), Duration.ofMinutes(5));
    return section.finish(
        () ->
            new Lifetimes(
                accessToken.orElseThrow(),
                code.orElseThrow(),
                requestUri.orElseThrow(),
                interaction.orElseThrow(),
                session.orElseThrow(),
                refreshToken.orElseThrow(),
                dpopNonce.orElseThrow()));
  }

  private static Optional<DpopConfig> dpop(Section section) {
    Optional<Boolean> nonces = section.orElse("nonces", Kinds.bool(true), true);
    Optional<Boolean> userinfo = section.orElse("userinfo_nonces", Kinds.bool(true), false);
    return section.finish(() -> new DpopConfig(nonces.orElseThrow(), userinfo.orElseThrow()));
  }

  private List<RegisteredClient> clients(
      Section root, List<ScopeConfig> scopes, List<ResourceConfig> resources) {
    ClientReader reader = new ClientReader(folder, scopes, resources);
    return root.sections("clients", reader::read);
  }

  private static List<UserConfig> users(Section root, List<RegisteredClient> clients) {
    UserReader reader = new UserReader(clients);
    return root.sections("users", reader::read);
  }
}
