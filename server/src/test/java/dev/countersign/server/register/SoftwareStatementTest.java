package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration with what somebody says of the client who is trusted here. */
class SoftwareStatementTest {
  private static final StatementIssuer DIRECTORY = new StatementIssuer();
  private static final String INVALID = "400 invalid_software_statement";
  private static final String UNAPPROVED = "400 unapproved_software_statement";

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = RegisteredPeer.server(folder, statements(DIRECTORY.trusted()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static String statements(String... issuers) {
    return "software_statements: {issuers: [" + String.join(", ", issuers) + "]}";
  }

  @Test
  @Requirement({"DC-1", "DC-3"})
  void putsWhatTheStatementSaysInThePlaceOfWhatTheClientSays() throws MalformedJsonException {
    String statement =
        DIRECTORY.statement(
            """
            {"software_id":"s-1", "software_version":"2", "client_name":"Known App",
             "redirect_uris":["https://other.example.com/callback"], "scope":"openid",
             "org_id":"ignored"}\
            """);
    JsonObject sent =
        json(
            """
            {"client_name":"Bank of Everybody", "software_id":"s-2", "scope":"openid accounts",
             "redirect_uris":["https://evil.example.com/"], "contacts":["a@example.com"]}\
            """);

    Reply reply = register(server, with(with(whole(), sent), by(statement)));

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    JsonObject body = reply.json();
    assertThat(reply.string("client_name")).isEqualTo("Known App");
    assertThat(reply.string("software_id")).isEqualTo("s-1");
    assertThat(reply.string("software_version")).isEqualTo("2");
    assertThat(reply.string("scope")).isEqualTo("openid");
    assertThat(body.strings("redirect_uris")).contains(List.of(RegisteredPeer.CALLBACK));
    assertThat(body.strings("contacts")).contains(List.of("a@example.com"));
    assertThat(body.names()).doesNotContain("org_id", "iss");
    assertThat(reply.string("software_statement")).isEqualTo(statement);
    assertThat(manage(server, "GET", reply, "").json()).isEqualTo(body);
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  @Requirement("SP-5.4.1-1.2")
  void takesEachOfOurAlgorithms(SignatureAlgorithm algorithm, @TempDir Path other) {
    StatementIssuer directory = new StatementIssuer(algorithm);
    try (TestServer one = RegisteredPeer.server(other, statements(directory.trusted()))) {
      JsonObject sent = with(metadata(one.stranger()), by(directory.statement("{}")));

      assertThat(register(one, sent).status()).isEqualTo(201);
    }
  }

  @Test
  @Requirement("DC-3")
  void takesTheKeysOfTheStatementAndLetsTheClientAuthenticateByThem() {
    TestClient vouched = server.stranger();
    JsonObject thief = metadata(server.stranger());
    String statement = DIRECTORY.statement("{\"jwks\":" + vouched.jwks() + "}");

    TestClient client = vouched.as(id(register(server, with(thief, by(statement)))));

    assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");
  }

  @Test
  @Requirement("DC-3")
  void refusesKeysBesideThoseOfTheStatement() {
    String statement = DIRECTORY.statement("{\"jwks_uri\":\"https://app.example.com/jwks\"}");

    assertThat(register(server, with(whole(), by(statement))).outcome())
        .isEqualTo("400 invalid_client_metadata");
  }

  @Test
  @Requirement("DC-3")
  void takesAStatementMoreThanOnce() {
    String statement = DIRECTORY.statement("{\"software_id\":\"s-1\", \"jti\":\"once\"}");

    Reply first = register(server, with(whole(), by(statement)));
    Reply second = register(server, with(whole(), by(statement)));

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(id(second)).isNotEqualTo(id(first));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'scope':'openid payments'}                    | 400 invalid_client_metadata",
        "{'grant_types':['client_credentials']}         | 400 invalid_client_metadata",
        "{'token_endpoint_auth_method':'none'}          | 400 invalid_client_metadata",
        "{'token_endpoint_auth_method':'client_secret_basic'} | 400 invalid_client_metadata",
        "{'dpop_bound_access_tokens':false}             | 400 invalid_client_metadata",
        "{'client_name':7}                              | 400 invalid_client_metadata",
        "{'redirect_uris':['http://app.example.com/']}  | 400 invalid_redirect_uri",
      })
  @Requirement({"DC-2", "DC-5"})
  void opensNothingThatTheConfigurationDoesNot(String claims, String outcome) {
    assertThat(outcome(DIRECTORY.statement(claims.replace('\'', '"')))).isEqualTo(outcome);
  }

  @Test
  @Requirement("DC-2")
  void refusesAStatementOfAnybodyElse() {
    assertThat(outcome(DIRECTORY.statement("{\"iss\":\"Another Directory\"}")))
        .isEqualTo(UNAPPROVED);
    assertThat(outcome(DIRECTORY.statement("{\"iss\":\"the directory\"}"))).isEqualTo(UNAPPROVED);
    assertThat(server.logged("rule")).contains("DC-2");
  }

  @Test
  @Requirement("DC-2")
  void refusesAStatementWithoutIssuer() {
    String statement = DIRECTORY.signed("{}", json("{\"software_id\":\"s-1\"}"));

    assertThat(outcome(statement)).isEqualTo(INVALID);
  }

  @Test
  @Requirement({"DC-2", "SP-5.4.1-1.1", "ATT-85"})
  void refusesABadSignatureAndLogsNothingOfTheStatement() {
    String forged = RawJwt.withBrokenSignature(DIRECTORY.statement("{\"software_id\":\"s-1\"}"));

    assertThat(outcome(forged)).isEqualTo(INVALID);

    assertThat(server.logged("rule")).contains("SP-5.4.1-1.1");
    assertThat(server.logged("detail").orElseThrow())
        .contains("signature is wrong")
        .doesNotContain(forged.substring(0, 20));
  }

  @Test
  @Requirement({"DC-2", "SP-5.4.3-1", "ATT-85"})
  void refusesAnotherKeyAlsoUnderTheSameKid() {
    StatementIssuer thief = new StatementIssuer();
    JsonObject claims = RawJwt.json(Map.of("iss", StatementIssuer.NAME));

    assertThat(outcome(thief.withKidOf(DIRECTORY).statement("{}"))).isEqualTo(INVALID);
    assertThat(server.logged("rule")).contains("SP-5.4.1-1.1");
    assertThat(outcome(thief.statement("{}"))).isEqualTo(INVALID);
    assertThat(server.logged("rule")).contains("SP-5.4.3-1");
    assertThat(outcome(RawJwt.unsigned(json("{\"alg\":\"none\"}"), claims))).isEqualTo(INVALID);
    assertThat(server.logged("rule")).contains("SP-5.4.1-1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "client-authentication+jwt", "dpop+jwt"})
  @Requirement("DC-2")
  void refusesAnotherKindOfJwtByTheSameIssuer(String type) {
    JsonObject claims = RawJwt.json(Map.of("iss", StatementIssuer.NAME));

    assertThat(outcome(DIRECTORY.signed("{\"typ\":\"" + type + "\"}", claims))).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 0, 400 invalid_software_statement",
    "exp, 1, 201",
    "nbf, 30, 201",
    "nbf, 31, 400 invalid_software_statement",
    "iat, 30, 201",
    "iat, 31, 400 invalid_software_statement",
    "iat, -100000000, 201"
  })
  @Requirement({"DC-2", "SP-5.3.2.1-13"})
  void judgesEachTimeThatIsThere(String name, long ahead, String outcome) {
    long time = server.now().getEpochSecond() + ahead;

    assertThat(outcome(DIRECTORY.statement("{\"" + name + "\":" + time + "}"))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"exp\":\"soon\"", "\"iat\":null", "\"nbf\":-1", "\"aud\":7"})
  @Requirement("DC-2")
  void refusesClaimsOfTheWrongType(String claim) {
    assertThat(outcome(DIRECTORY.statement("{" + claim + "}"))).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "https://as.example.com/tenant, 201",
    "https://as.example.com/tenant/, 400 unapproved_software_statement",
    "https://another.example.com, 400 unapproved_software_statement"
  })
  @Requirement("DC-2")
  void takesAStatementForAnotherServerForNone(String aud, String outcome) {
    assertThat(outcome(DIRECTORY.statement("{\"aud\":\"" + aud + "\"}"))).isEqualTo(outcome);
    assertThat(outcome(DIRECTORY.statement("{\"aud\":[\"x\", \"" + aud + "\"]}")))
        .isEqualTo(outcome);
  }

  @Test
  @Requirement("DC-2")
  void refusesAStatementThatIsTooLong() {
    String most = DIRECTORY.statement("{\"org_name\":\"" + "x".repeat(11_000) + "\"}");
    String more = DIRECTORY.statement("{\"org_name\":\"" + "x".repeat(12_300) + "\"}");

    assertThat(most.length()).isLessThan(16_384);
    assertThat(more.length()).isGreaterThan(16_384);
    assertThat(outcome(most)).isEqualTo("201");
    assertThat(outcome(more)).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "{}", "[\"a.b.c\"]"})
  @Requirement("DC-2")
  void refusesAStatementThatIsNoText(String value) {
    assertThat(register(server, with(whole(), json("{\"software_statement\":" + value + "}"))))
        .extracting(Reply::outcome)
        .isEqualTo(INVALID);
  }

  @Test
  @Requirement("DC-2")
  void judgesTheAgeOfAStatementWhereThatIsSaid(@TempDir Path other) {
    String trusted = DIRECTORY.trusted("max_age: 5m");
    try (TestServer strict = RegisteredPeer.server(other, statements(trusted))) {
      long now = strict.now().getEpochSecond();
      assertThat(outcome(strict, DIRECTORY.statement("{\"iat\":" + (now - 300) + "}")))
          .isEqualTo("201");
      assertThat(outcome(strict, DIRECTORY.statement("{\"iat\":" + (now - 301) + "}")))
          .isEqualTo(INVALID);
      assertThat(outcome(strict, DIRECTORY.statement("{}"))).isEqualTo(INVALID);
    }
  }

  @Test
  @Requirement("DC-2")
  void registersNobodyWithoutAStatementWhereItMustBe(@TempDir Path other) {
    String rules = "software_statements: {required: true, issuers: [" + DIRECTORY.trusted() + "]}";
    try (TestServer strict = RegisteredPeer.server(other, rules)) {
      assertThat(register(strict, metadata(strict.stranger()), "").outcome())
          .isEqualTo("400 invalid_client_metadata");
      assertThat(strict.logged("detail").orElseThrow()).contains("nobody registers without one");
      JsonObject vouched = with(metadata(strict.stranger()), by(DIRECTORY.statement("{}")));
      assertThat(register(strict, vouched, "").outcome()).isEqualTo("201");
    }
  }

  @Test
  @Requirement("DC-1")
  void wantsBothWhereTokensAreGivenOutToo(@TempDir Path other) {
    String rules = "software_statements: {required: true, issuers: [" + DIRECTORY.trusted() + "]}";
    try (TestServer both = RegisteredPeer.server(other, rules, RegisteredPeer.tokens())) {
      JsonObject vouched = with(metadata(both.stranger()), by(DIRECTORY.statement("{}")));

      assertThat(register(both, vouched, "").status()).isEqualTo(401);
      assertThat(register(both, metadata(both.stranger())).outcome())
          .isEqualTo("400 invalid_client_metadata");
      assertThat(register(both, vouched).outcome()).isEqualTo("201");
    }
  }

  @Test
  @Requirement("DC-1")
  void stillWantsATokenWhereAStatementMayBeLeftOut() {
    JsonObject vouched = with(whole(), by(DIRECTORY.statement("{}")));

    assertThat(register(server, vouched, "").status()).isEqualTo(401);
  }

  @Test
  @Requirement("DC-3")
  void doesNotEndAClientWhenTheTimeOfItsStatementEnds(@TempDir Path other) {
    try (TestServer years = RegisteredPeer.server(other, statements(DIRECTORY.trusted()))) {
      long exp = years.now().getEpochSecond() + 60;
      String statement = DIRECTORY.statement("{\"exp\":" + exp + "}");
      TestClient party = years.stranger();
      Reply registered = register(years, with(metadata(party), by(statement)));
      TestClient client = party.as(id(registered));

      years.pass(Duration.ofDays(1000));

      assertThat(client.push(client.authorizationRequest()).outcome()).isEqualTo("201");
      assertThat(manage(years, "GET", registered, "").json()).isEqualTo(registered.json());
      assertThat(outcome(years, statement)).isEqualTo(INVALID);
    }
  }

  static JsonObject by(String statement) {
    return JsonObject.builder().put("software_statement", statement).build();
  }

  private static JsonObject whole() {
    return metadata(server.stranger());
  }

  private static String outcome(String statement) {
    return outcome(server, statement);
  }

  private static String outcome(TestServer server, String statement) {
    return register(server, with(metadata(server.stranger()), by(statement))).outcome();
  }
}
