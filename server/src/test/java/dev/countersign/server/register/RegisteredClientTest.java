package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client that registered itself can do, and that the end of its registration ends all. */
class RegisteredClientTest {
  private static final String GRANTS =
      "{\"grant_types\":[\"authorization_code\",\"refresh_token\"]}";

  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    server =
        new TestServer(
            folder, yaml -> RegisteredPeer.with("max_clients: 2").apply(People.in(yaml)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Requirement({"DC-1", "SP-5.4.2-0"})
  void getsTokensAndUsesThem() {
    TestClient client = client(registered(server.stranger()), server.stranger());

    // Signed by a key that was not registered.
    assertThat(client.push(client.authorizationRequest()).outcome())
        .isEqualTo("401 invalid_client");

    TestClient party = server.stranger();
    TestClient own = client(registered(party), party);
    Reply tokens = own.tokens();
    assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    assertThat(own.userinfo(tokens.string("access_token")).status()).isEqualTo(200);
  }

  @Test
  @Requirement("DC-4")
  void cannotHaveWhatItMayHaveOnlySinceThePersonDecided() {
    TestClient party = server.stranger();
    Reply registered =
        register(
            server,
            RegisteredPeer.with(whole(party), json("{\"grant_types\":[\"authorization_code\"]}")));
    TestClient client = client(registered, party);
    String decided = allowed(client);

    JsonObject more = whole(party).toBuilder().put("client_id", id(registered).value()).build();
    assertThat(manage(server, "PUT", registered, more.toJson()).status()).isEqualTo(200);

    Reply tokens = redeemed(client, decided);
    assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    assertThat(tokens.json().has("refresh_token")).isFalse();
    assertThat(redeemed(client, allowed(client)).json().has("refresh_token")).isTrue();
  }

  @Test
  @Requirement({"DC-1", "DC-3", "DC-4"})
  void needsNoRedirectUriToGetTokensForItself(@TempDir Path other) {
    try (TestServer machines = RegisteredPeer.server(other, "grant_types: [client_credentials]")) {
      TestClient party = machines.stranger();
      JsonObject own =
          RegisteredPeer.with(
              metadata(party).only(Set.of("client_name", "jwks")),
              json("{\"grant_types\":[\"client_credentials\"],\"scope\":\"accounts\"}"));
      Reply registered = register(machines, own);
      TestClient client = client(registered, party);

      assertThat(client.token(Params.of("grant_type", "client_credentials")).status())
          .isEqualTo(200);
      assertThat(manage(machines, "PUT", registered, sendable(registered)).json())
          .isEqualTo(registered.json());
      assertThat(client.token(Params.of("grant_type", "client_credentials")).status())
          .isEqualTo(200);
      assertThat(client.push(client.authorizationRequest()).outcome())
          .isEqualTo("400 unauthorized_client");
    }
  }

  @Test
  @Requirement({"DC-4", "SP-5.4.2-0"})
  void authenticatesWithItsNewKeyAloneOnceItReplacedTheOld() {
    TestClient before = server.stranger();
    TestClient after = server.stranger();
    Reply registered = registered(before);
    TestClient old = client(registered, before);
    TestClient fresh = client(registered, after);
    assertThat(old.push(old.authorizationRequest()).status()).isEqualTo(201);

    JsonObject changed = whole(after).toBuilder().put("client_id", id(registered).value()).build();
    assertThat(manage(server, "PUT", registered, changed.toJson()).status()).isEqualTo(200);

    assertThat(fresh.push(fresh.authorizationRequest()).status()).isEqualTo(201);
    assertThat(old.push(old.authorizationRequest()).outcome()).isEqualTo("401 invalid_client");
  }

  @Test
  @Requirement({"DC-4", "SP-6.8-4"})
  void isRefusedEverywhereAtOnceWhenItsRegistrationHasEnded() {
    TestClient party = server.stranger();
    Reply registered = registered(party);
    TestClient client = client(registered, party);
    Reply tokens = client.tokens();
    String access = tokens.string("access_token");
    String refresh = tokens.string("refresh_token");
    String code = client.code();
    String pushed = client.push(client.authorizationRequest()).string("request_uri");
    assertThat(server.api().introspect(access).text()).contains("\"active\":true");

    assertThat(manage(server, "DELETE", registered, "").status()).isEqualTo(204);

    assertThat(client.userinfo(access).outcome()).isEqualTo("401 invalid_token");
    assertThat(server.api().introspect(access).text()).isEqualTo("{\"active\":false}");
    assertThat(client.push(client.authorizationRequest()).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(client.token(client.codeRequest(code)).outcome()).isEqualTo("401 invalid_client");
    assertThat(client.token(client.refreshRequest(refresh)).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(
            server
                .get(
                    server.url(
                        "/authorize?client_id=" + client.id().value() + "&request_uri=" + pushed))
                .status())
        .isEqualTo(400);
  }

  @Test
  @Requirement("DC-1")
  void isRefusedWhenThereAreAsManyAsThereMayBeUntilOneEnds() {
    registered(server.stranger());
    Reply second = registered(server.stranger());

    assertThat(register(server, whole(server.stranger())).outcome()).isEqualTo("403 access_denied");

    manage(server, "DELETE", second, "");
    assertThat(register(server, whole(server.stranger())).status()).isEqualTo(201);
  }

  @Test
  @Requirement("DC-1")
  void isPublishedInTheMetadataWhereItIsOn(@TempDir Path other) {
    assertThat(
            server
                .get(server.url("/.well-known/openid-configuration"))
                .string("registration_endpoint"))
        .isEqualTo(server.url("/register").toString());
    try (TestServer off = new TestServer(other)) {
      assertThat(off.get(off.url("/.well-known/openid-configuration")).text())
          .doesNotContain("registration_endpoint");
      assertThat(register(off, whole(off.stranger())).status()).isEqualTo(404);
    }
  }

  @Test
  @Requirement("DC-1")
  void registersWithoutATokenWhereThatIsSaidButNotWithABadOne(@TempDir Path other) {
    String tokens =
        "initial_access_tokens: ['%s']".formatted(SecretDigest.of(RegisteredPeer.INITIAL).hex());
    try (TestServer open = RegisteredPeer.server(other, "open: true", tokens)) {
      JsonObject client = metadata(open.stranger());
      assertThat(register(open, client, "").status()).isEqualTo(201);
      assertThat(register(open, client).status()).isEqualTo(201);
      assertThat(register(open, client, "Bearer another").outcome()).isEqualTo("401 invalid_token");
    }
  }

  @Test
  void isToldApartFromOneThatTheOperatorRegistered() {
    String ofTheApp = server.app().redirectUri();
    assertThat(consent(server.app(), ofTheApp).document().select(".unchecked")).isEmpty();

    Shown shown = consent(registered(RegisteredPeer.CALLBACK), RegisteredPeer.CALLBACK);

    assertThat(shown.document().select("h1").text()).contains("Budget App");
    assertThat(shown.document().select(".unchecked").text())
        .contains("registered itself", "other.example.com");
  }

  @Test
  void isSaidToBeOnTheDeviceIfItsAnswersGoThere() {
    for (String callback : List.of("http://127.0.0.1/callback", "http://[::1]:5000/callback")) {
      assertThat(consent(registered(callback), callback).document().select(".unchecked").text())
          .as(callback)
          .contains("registered itself", "on this device")
          .doesNotContain("127.0.0.1", "::1");
    }
  }

  private TestClient registered(String callback) {
    TestClient party = server.stranger();
    Reply reply =
        register(
            server,
            RegisteredPeer.with(whole(party), json("{\"redirect_uris\":[\"" + callback + "\"]}")));
    return client(reply, party);
  }

  private Shown consent(TestClient client, String callback) {
    Params request = client.authorizationRequest().with("redirect_uri", callback);
    Browser browser = new Browser(server);
    return browser.loggedIn(browser.open(client, client.push(request).string("request_uri")));
  }

  /** The code that comes of it when a person sees the page and says yes. */
  private String allowed(TestClient client) {
    Browser browser = new Browser(server);
    Params request = client.authorizationRequest().with("redirect_uri", RegisteredPeer.CALLBACK);
    Shown page = browser.loggedIn(browser.open(client, client.push(request).string("request_uri")));
    return Callback.of(browser.press(page, "allow")).get("code");
  }

  private Reply redeemed(TestClient client, String code) {
    return client.token(client.codeRequest(code).with("redirect_uri", RegisteredPeer.CALLBACK));
  }

  private Reply registered(TestClient party) {
    Reply reply = register(server, whole(party));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply;
  }

  /** What a client read of its registration, as RFC 7592 section 2.2 wants it sent back. */
  private static String sendable(Reply read) {
    Set<String> names = new HashSet<>(read.json().names());
    names.removeAll(
        Set.of("registration_access_token", "registration_client_uri", "client_id_issued_at"));
    return read.json().only(names).toJson();
  }

  private static JsonObject whole(TestClient party) {
    return RegisteredPeer.with(metadata(party), json(GRANTS));
  }

  private static TestClient client(Reply registered, TestClient party) {
    return party.as(id(registered));
  }
}
