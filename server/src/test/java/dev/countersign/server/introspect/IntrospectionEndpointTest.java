package dev.countersign.server.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoint says of tokens, and to whom. */
@Requirement({"IN-2"})
class IntrospectionEndpointTest extends EndpointTest {
  private static final Params OWN = Params.of("grant_type", "client_credentials");

  private static String access(Reply tokens) {
    return tokens.string("access_token");
  }

  private static void active(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).startsWith("{\"active\":true,");
  }

  private static void inactive(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"active\":false}");
  }

  /** A token for both APIs. */
  private String ofBoth() {
    Params request =
        server
            .app()
            .authorizationRequest()
            .with("scope", "openid profile accounts reports")
            .and("resource", TestServer.API)
            .and("resource", TestServer.REPORTS);
    return access(server.app().token(server.app().codeRequest(server.app().code(request))));
  }

  @Test
  @Requirement({"IN-4", "AT-2", "DP-9"})
  void saysOfATokenWhatItSaysItselfToThisCallerAndNothingElse() {
    String token = access(server.app().tokens());
    Reply reply = server.api().introspect(token);

    active(reply);
    assertThat(reply.header("Content-Type")).contains("application/json");
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.header("x-fapi-interaction-id")).isPresent();
    assertThat(reply.header("DPoP-Nonce")).isEmpty();
    JsonObject claims = RawJwt.claims(token);
    // Where else it may be used is nothing to this caller.
    assertThat(reply.json())
        .isEqualTo(
            claims.without("aud").toBuilder()
                .put("aud", TestServer.API)
                .put("active", true)
                .put("token_type", "DPoP")
                .build());
    assertThat(claims.names()).contains("sub", "cnf", "aud", "exp", "jti", "auth_time", "scope");
    assertThat(server.logged("client_id")).contains("api");
  }

  @Test
  void namesTheClientAsSubjectOfATokenOfItsOwn() throws MalformedJsonException {
    JsonObject answer = server.api().introspect(access(server.machine().token(OWN))).json();

    assertThat(answer.string("sub")).contains("machine");
    assertThat(answer.string("client_id")).contains("machine");
    assertThat(answer.string("scope")).contains("accounts");
    assertThat(answer.names()).doesNotContain("auth_time", "acr", "username");
  }

  @Test
  @Requirement({"IN-4", "ATT-54", "A7-12"})
  void tellsEachResourceServerOfItsOwnTokensAndOfTheScopeThatMeansSomethingThere()
      throws MalformedJsonException {
    String both = ofBoth();
    String accounts = access(server.app().tokens());

    assertThat(server.api().introspect(both).json().string("scope"))
        .contains("openid profile accounts");
    assertThat(server.reports().introspect(both).json().string("scope"))
        .contains("openid profile reports");
    active(server.api().introspect(accounts));
    inactive(server.reports().introspect(accounts));
  }

  @Test
  void namesTheGrantToEachResourceServerByItsOwnHandleAlone() throws MalformedJsonException {
    String both = ofBoth();
    JsonObject handles = RawJwt.claims(both).object("grant_handles").orElseThrow();
    assertThat(handles.names()).containsExactly(TestServer.API, TestServer.REPORTS);
    JsonObject told =
        server.reports().introspect(both).json().object("grant_handles").orElseThrow();
    assertThat(told).isEqualTo(handles.only(Set.of(TestServer.REPORTS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "e30.e30.e30", "a b", "\u00FC", "\uD83C\uDF32"})
  void saysNothingOfTextThatIsNoTokenOfOurs(String unknown) {
    inactive(server.api().introspect(unknown));
  }

  @Test
  @Requirement({"IN-4"})
  void saysNothingOfAForgedOverlongOrForeignToken() {
    String token = access(server.app().tokens());
    inactive(server.api().introspect(RawJwt.withBrokenSignature(token)));
    inactive(server.api().introspect("x".repeat(20_000)));
    JsonObject header = RawJwt.json(Map.of("typ", "at+jwt"));
    JsonObject claims = RawJwt.claims(token);
    inactive(server.api().introspect(server.jose().sign(header, claims, server.app().key())));
    inactive(server.api().introspect(RawJwt.unsigned(header, claims)));
    active(server.api().introspect(token));
  }

  @Test
  void saysNothingOfARefreshTokenOrAnIdToken() {
    Reply tokens = server.app().tokens();
    for (String kind : List.of("refresh_token", "id_token")) {
      inactive(server.api().introspect(tokens.string(kind)));
      inactive(
          server
              .api()
              .introspect(
                  Params.of("token", tokens.string(kind), "token_type_hint", "refresh_token")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "id_token", "\uD83C\uDF32"})
  @Requirement({"IN-1"})
  void neverTrustsTheHint(String hint) {
    String token = access(server.app().tokens());
    active(server.api().introspect(Params.of("token", token, "token_type_hint", hint)));
  }

  @Test
  @Requirement({"IN-4"})
  void aTokenStandsUntilTheSecondInWhichItExpires() {
    server.pass(Duration.ofMillis(1000 - server.now().toEpochMilli() % 1000));
    String token = access(server.app().tokens());
    server.pass(Duration.ofMinutes(5).minusMillis(1));
    active(server.api().introspect(token));
    server.pass(Duration.ofMillis(1));
    inactive(server.api().introspect(token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token"})
  @Requirement({"IN-4", "RV-1", "RV-2", "SP-6.8-4"})
  void saysNothingOfAnyTokenOfAGrantThatWasRevoked(String kind) {
    TestClient app = server.app();
    Reply tokens = app.tokens();
    String refreshed = access(app.token(app.refreshRequest(tokens.string("refresh_token"))));
    String other = access(app.tokens());
    active(server.api().introspect(refreshed));

    app.post(
        "/revoke",
        Params.of("token", tokens.string(kind)).and(app.authenticatedBy(app.assertion())),
        List.of());

    inactive(server.api().introspect(access(tokens)));
    inactive(server.api().introspect(refreshed));
    active(server.api().introspect(other));
  }

  @Test
  @Requirement({"IN-4", "RV-2"})
  void saysNothingOfATokenThatAClientGaveBack() {
    TestClient machine = server.machine();
    String token = access(machine.token(OWN));
    active(server.api().introspect(token));

    machine.post(
        "/revoke",
        Params.of("token", token).and(machine.authenticatedBy(machine.assertion())),
        List.of());

    inactive(server.api().introspect(token));
  }

  @Test
  @Requirement({"IN-4", "SP-5.3.2.2-9", "SP-6.8-4", "SP-5.3.4-3"})
  void saysNothingOfTheTokensOfACodeThatWasReplayed() {
    TestClient app = server.app();
    Params redemption = app.codeRequest(app.code());
    String token = access(app.token(redemption));
    active(server.api().introspect(token));

    assertThat(app.token(redemption).outcome()).isEqualTo("400 invalid_grant");

    inactive(server.api().introspect(token));
  }

  @Test
  @Requirement({"IN-4", "SP-5.3.4-3"})
  void saysNothingOfATokenWhoseClientOrPersonIsGone(@TempDir Path folder) {
    String ofPerson;
    String ofMachine;
    try (TestServer before = new TestServer(folder)) {
      ofPerson = access(before.app().tokens());
      ofMachine = access(before.machine().token(OWN));
    }
    try (TestServer same = new TestServer(folder)) {
      active(same.api().introspect(ofPerson));
      active(same.api().introspect(ofMachine));
    }
    try (TestServer after = new TestServer(folder, yaml -> yaml.replace("u-anna", "u-other"))) {
      inactive(after.api().introspect(ofPerson));
      active(after.api().introspect(ofMachine));
    }
    try (TestServer after =
        new TestServer(
            folder,
            yaml ->
                yaml.replace("client_id: machine", "client_id: other-machine")
                    .replace("client_id: app", "client_id: another-app"))) {
      inactive(after.api().introspect(ofPerson));
      inactive(after.api().introspect(ofMachine));
    }
  }

  @Test
  @Requirement({"IN-4", "SP-5.3.4-3"})
  void saysNothingOfATokenOnceItsClientIsTakenAwayWithoutARestart(@TempDir Path folder)
      throws IOException {
    Path file = Files.createDirectory(folder.resolve("clients")).resolve("machine.yaml");
    try (TestServer running = new TestServer(folder, yaml -> withMachineIn(file, yaml))) {
      String token = access(running.machine().token(OWN));
      active(running.api().introspect(token));

      Files.delete(file);
      running.reloadClients();

      inactive(running.api().introspect(token));
    }
  }

  /** The configuration with the client machine in a file of its own. */
  private static String withMachineIn(Path file, String yaml) {
    int from = yaml.indexOf("  - client_id: machine");
    int to = yaml.indexOf("resource_servers:");
    try {
      Files.writeString(file, yaml.substring(from, to).replace("  - ", "").replace("    ", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return yaml.substring(0, from) + "clients_dir: clients\n" + yaml.substring(to);
  }

  @Test
  void aStoreThatIsGoneSaysNothingOfATokenAtAll(@TempDir Path folder) {
    try (TestServer alone = new TestServer(folder)) {
      String token = access(alone.app().tokens());
      alone.store().close();
      assertThat(alone.api().introspect(token).outcome()).isEqualTo("503 temporarily_unavailable");
      assertThat(alone.api().introspect("unknown").outcome())
          .isEqualTo("503 temporarily_unavailable");
    }
  }
}
