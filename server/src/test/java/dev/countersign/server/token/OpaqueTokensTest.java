package dev.countersign.server.token;

import static dev.countersign.server.kit.Details.ACCOUNTS;
import static dev.countersign.server.kit.Details.HEALTH;
import static dev.countersign.server.kit.Details.array;
import static dev.countersign.server.kit.Details.at;
import static dev.countersign.server.kit.TestServer.API;
import static dev.countersign.server.kit.TestServer.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that say nothing by themselves, from their issue to their end. */
@Requirement({"SP-5.3.4-3", "IN-4"})
class OpaqueTokensTest extends EndpointTest {
  private static final String INACTIVE = "{\"active\":false}";

  /** The tokens of a code, by which a person granted these details. */
  private static Reply tokens(TestServer server, String scope, String... details) {
    TestClient app = server.app();
    Params request =
        app.authorizationRequest()
            .with("scope", scope)
            .and("resource", API)
            .and("resource", REPORTS)
            .and("authorization_details", array(details));
    Reply tokens = app.token(app.codeRequest(app.code(request)));
    assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    return tokens;
  }

  private Reply tokens(String... details) {
    return tokens(server, "openid accounts reports", details);
  }

  private static String access(Reply tokens) {
    return tokens.string("access_token");
  }

  private static boolean isOpaque(Reply tokens) {
    return access(tokens).matches("[A-Za-z0-9_-]{43}");
  }

  private Reply refreshed(Reply tokens, String resource) {
    Params request = server.app().refreshRequest(tokens.string("refresh_token"));
    return server.app().token(request.and("resource", resource));
  }

  private void revoke(String token) {
    TestClient app = server.app();
    Params form = Params.of("token", token).and(app.authenticatedBy(app.assertion()));
    assertThat(app.post("/revoke", form, List.of()).status()).isEqualTo(200);
  }

  private Reply userinfo(String token, SigningKey by) {
    URI url = server.url("/userinfo");
    String proof =
        DpopProof.create(
            server.jose(),
            by,
            "GET",
            url,
            Jti.random(server.random()),
            server.now(),
            Optional.of(new AccessToken(token)),
            Optional.empty());
    return server.app().userinfo("GET", "DPoP " + token, proof);
  }

  @Test
  @Requirement({"RAR-7-1", "RAR-9-1", "RAR-9.2-1", "SP-5.4.1-4"})
  void sensitiveDetailsAreToldToWhoAsksAlone() throws MalformedJsonException {
    Reply tokens = tokens(HEALTH);
    assertThat(isOpaque(tokens)).isTrue();
    assertThat(tokens.string("token_type")).isEqualTo("DPoP");
    assertThat(Details.in(tokens.json())).isEqualTo(Details.of(HEALTH));

    JsonObject answer = server.api().introspect(access(tokens)).json();
    assertThat(answer.bool("active")).contains(true);
    assertThat(Details.in(answer)).isEqualTo(Details.of(HEALTH));
    assertThat(answer.names())
        .contains("iss", "sub", "aud", "client_id", "jti", "iat", "exp", "cnf", "auth_time");
    assertThat(answer.string("scope")).contains("openid accounts");
    assertThat(server.reports().introspect(access(tokens)).json().string("scope"))
        .contains("openid reports");
  }

  @Test
  @Requirement({"RAR-9.1-1"})
  void whereNothingSensitiveIsForTheTokenIsAJwt() {
    Reply both = tokens(at(ACCOUNTS, API), at(HEALTH, REPORTS));
    assertThat(isOpaque(both)).isTrue();
    assertThat(isOpaque(refreshed(both, API))).isFalse();
    assertThat(isOpaque(refreshed(both, REPORTS))).isTrue();
    assertThat(isOpaque(tokens(ACCOUNTS))).isFalse();
  }

  @Test
  @Requirement({"RAR-9.2-1", "IN-2"})
  void eachResourceServerIsToldOfItsOwnDetailsAlone() {
    String both = access(tokens(at(ACCOUNTS, API), at(HEALTH, REPORTS)));
    assertThat(Details.in(server.api().introspect(both).json()))
        .isEqualTo(Details.of(at(ACCOUNTS, API)));
    assertThat(Details.in(server.reports().introspect(both).json()))
        .isEqualTo(Details.of(at(HEALTH, REPORTS)));
    String one = access(tokens(at(HEALTH, REPORTS)));
    String reports = access(refreshed(tokens(at(HEALTH, REPORTS)), REPORTS));
    assertThat(server.api().introspect(one).json().has("authorization_details")).isFalse();
    assertThat(server.api().introspect(reports).text()).isEqualTo(INACTIVE);
  }

  @Test
  void aTokenThatWouldBeTooLongForAHeaderIsOpaque() {
    String accounts =
        IntStream.range(0, 32)
            .mapToObj("{\"iban\":\"DE8937040044053201%04d\"}"::formatted)
            .collect(Collectors.joining(",", "\"accounts\":[", "]"));
    String[] many =
        IntStream.range(1, 9)
            .mapToObj(
                i ->
                    "{\"type\":\"account_information\",\"actions\":[\"list_accounts\"],"
                        + "\"frequencyPerDay\":"
                        + i
                        + ","
                        + accounts
                        + "}")
            .toArray(String[]::new);
    Reply tokens = tokens(many);
    assertThat(isOpaque(tokens)).isTrue();
    assertThat(Details.in(server.api().introspect(access(tokens)).json()))
        .isEqualTo(Details.of(many));
    assertThat(isOpaque(tokens(Stream.of(many).limit(2).toArray(String[]::new)))).isFalse();
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4", "DP-10", "DP-12", "DP-15"})
  void userinfoTakesItFromTheHolderOfTheKeyAlone() {
    String token = access(tokens(HEALTH));
    URI url = server.url("/userinfo");
    String proof = server.app().proofFor(token, "GET", url);
    Reply told = server.app().userinfo("GET", "DPoP " + token, proof);
    assertThat(told.string("sub")).isEqualTo("u-anna");
    assertThat(server.app().userinfo("GET", "DPoP " + token, proof).outcome()).startsWith("401");

    SigningKey stolen = server.jose().generate(SignatureAlgorithm.ES256, server.random());
    assertThat(challenged(userinfo(token, stolen))).isEqualTo("invalid_token");
    String other = server.app().proofFor(access(tokens(HEALTH)), "GET", url);
    assertThat(challenged(server.app().userinfo("GET", "DPoP " + token, other)))
        .isEqualTo("invalid_dpop_proof");
    assertThat(challenged(server.app().userinfo("GET", "DPoP " + token)))
        .isEqualTo("invalid_dpop_proof");
    assertThat(server.app().userinfo("GET", "Bearer " + token).status()).isEqualTo(401);
  }

  private static String challenged(Reply reply) {
    assertThat(reply.status()).isEqualTo(401);
    return reply.challenge().attribute("error").orElseThrow();
  }

  @Test
  @Requirement({"SP-5.3.4-4"})
  void userinfoWantsOpenidOfItToo() {
    String token = access(tokens(server, "accounts", HEALTH));
    assertThat(userinfo(token, server.app().dpopKey()).status()).isIn(401, 403);
  }

  @Test
  void whatNobodyIssuedIsNoToken() {
    String unknown = AccessToken.random(server.random()).reveal();
    assertThat(server.api().introspect(unknown).text()).isEqualTo(INACTIVE);
    assertThat(challenged(userinfo(unknown, server.app().dpopKey()))).isEqualTo("invalid_token");
    revoke(unknown);
    Reply tokens = tokens(HEALTH);
    assertThat(server.api().introspect(tokens.string("refresh_token")).text()).isEqualTo(INACTIVE);
    assertThat(server.api().introspect(access(tokens) + "x").text()).isEqualTo(INACTIVE);
    assertThat(server.api().introspect(access(tokens).substring(1)).text()).isEqualTo(INACTIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token"})
  @Requirement({"RV-1", "RV-2", "SP-6.8-4"})
  void endsWithItsGrantAtOnce(String kind) {
    Reply tokens = tokens(HEALTH);
    String refreshed = access(refreshed(tokens, API));
    String other = access(tokens(HEALTH));
    assertThat(server.api().introspect(access(tokens)).text()).contains("\"active\":true");

    revoke(tokens.string(kind));

    assertThat(server.api().introspect(access(tokens)).text()).isEqualTo(INACTIVE);
    assertThat(server.api().introspect(refreshed).text()).isEqualTo(INACTIVE);
    assertThat(challenged(userinfo(access(tokens), server.app().dpopKey())))
        .isEqualTo("invalid_token");
    assertThat(server.api().introspect(other).text()).contains("\"active\":true");
  }

  @Test
  @Requirement({"RV-1"})
  void isNotEndedByAnotherClient() {
    String token = access(tokens(HEALTH));
    TestClient thief = server.other();
    Params form = Params.of("token", token).and(thief.authenticatedBy(thief.assertion()));
    assertThat(thief.post("/revoke", form, List.of()).outcome()).isEqualTo("400 invalid_grant");
    assertThat(server.api().introspect(token).text()).contains("\"active\":true");
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void endsWhenItsCodeIsReplayed() {
    TestClient app = server.app();
    Params request = app.authorizationRequest().and("authorization_details", array(HEALTH));
    Params redemption = app.codeRequest(app.code(request));
    String token = access(app.token(redemption));
    assertThat(app.token(redemption).outcome()).isEqualTo("400 invalid_grant");
    assertThat(server.api().introspect(token).text()).isEqualTo(INACTIVE);
  }

  @Test
  void isGoodUntilTheSecondInWhichItExpires() {
    server.pass(Duration.ofMillis(1000 - server.now().toEpochMilli() % 1000));
    String token = access(tokens(HEALTH));
    server.pass(Duration.ofMinutes(5).minusMillis(1));
    assertThat(server.api().introspect(token).text()).contains("\"active\":true");
    assertThat(userinfo(token, server.app().dpopKey()).status()).isEqualTo(200);
    server.pass(Duration.ofMillis(1));
    assertThat(server.api().introspect(token).text()).isEqualTo(INACTIVE);
    assertThat(challenged(userinfo(token, server.app().dpopKey()))).isEqualTo("invalid_token");
  }

  @Test
  @Requirement({"SP-5.4.1-4"})
  void outlivesARestartAndIsKeptAsADigestOnly(@TempDir Path folder) throws Exception {
    String token;
    try (TestServer before = new TestServer(folder)) {
      token = access(tokens(before, "openid accounts", HEALTH));
    }
    for (String file : List.of("test.db", "test.db-wal")) {
      if (Files.exists(folder.resolve(file))) {
        assertThat(
                new String(Files.readAllBytes(folder.resolve(file)), StandardCharsets.ISO_8859_1))
            .doesNotContain(token);
      }
    }
    try (TestServer after = new TestServer(folder)) {
      assertThat(after.api().introspect(token).text()).contains("\"active\":true");
    }
    try (TestServer after = new TestServer(folder, yaml -> yaml.replace("u-anna", "u-other"))) {
      assertThat(after.api().introspect(token).text()).isEqualTo(INACTIVE);
    }
  }

  @Test
  void nothingIsSaidWhileTheStoreIsGone(@TempDir Path folder) {
    try (TestServer alone = new TestServer(folder)) {
      String token = access(tokens(alone, "openid accounts", HEALTH));
      alone.store().close();
      assertThat(alone.api().introspect(token).outcome()).isEqualTo("503 temporarily_unavailable");
      assertThat(alone.app().userinfo(token).status()).isEqualTo(503);
    }
  }
}
