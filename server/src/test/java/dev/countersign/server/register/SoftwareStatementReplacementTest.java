package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static dev.countersign.server.register.SoftwareStatementTest.by;
import static dev.countersign.server.register.SoftwareStatementTest.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that registered by a statement cannot leave it. */
class SoftwareStatementReplacementTest {
  private static final StatementIssuer DIRECTORY = new StatementIssuer();
  private static final StatementIssuer ANOTHER = new StatementIssuer();
  private static final String TRUST =
      statements(
          DIRECTORY.trusted(),
          ANOTHER.trusted().replace(StatementIssuer.NAME, "Another Directory"));

  @TempDir private Path folder;
  private TestServer server;
  private TestClient party;
  private String statement;
  private Reply registered;

  @BeforeEach
  void start() {
    server = RegisteredPeer.server(folder, TRUST);
    party = server.stranger();
    long now = server.now().getEpochSecond();
    statement =
        DIRECTORY.statement(
            """
            {"software_id":"s-1", "client_name":"Known App", "iat":%d, "exp":%d,
             "redirect_uris":["%s"]}\
            """
                .formatted(now, now + 60, RegisteredPeer.CALLBACK));
    registered = register(server, with(metadata(party), by(statement)));
    assertThat(registered.status()).as(registered.text()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Requirement({"DC-2", "DC-4"})
  void refusesAReplacementWithoutTheStatement() {
    for (String left : new String[] {"{}", "{\"software_statement\":null}"}) {
      Reply reply = put(json(left));

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.string("error_description")).startsWith("software_statement");
    }
    assertThat(put(json("{}")).outcome()).isEqualTo("400 invalid_client_metadata");
    assertThat(read()).isEqualTo(registered.json());
  }

  @Test
  @Requirement("DC-4")
  void keepsWhatTheStatementSaysWhateverComes() throws MalformedJsonException {
    server.pass(Duration.ofDays(1000));

    Reply reply =
        put(
            with(
                by(statement),
                json(
                    """
                    {"client_name":"Bank of Everybody", "software_id":"s-2", "scope":"openid",
                     "redirect_uris":["https://evil.example.com/"]}\
                    """)));

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.string("client_name")).isEqualTo("Known App");
    assertThat(reply.string("software_id")).isEqualTo("s-1");
    assertThat(reply.string("scope")).isEqualTo("openid");
    assertThat(reply.json().strings("redirect_uris")).contains(List.of(RegisteredPeer.CALLBACK));
    assertThat(reply.string("software_statement")).isEqualTo(statement);
    assertThat(read()).isEqualTo(reply.json());
  }

  @Test
  @Requirement("DC-4")
  void takesANewerStatementOfTheSameIssuerAboutTheSameSoftware() {
    server.pass(Duration.ofDays(30));
    long now = server.now().getEpochSecond();
    String newer =
        DIRECTORY.statement(
            "{\"software_id\":\"s-1\",\"client_name\":\"Renamed App\",\"iat\":" + now + "}");

    Reply reply = put(by(newer));

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.string("client_name")).isEqualTo("Renamed App");
    assertThat(reply.string("software_statement")).isEqualTo(newer);
    assertThat(put(by(statement)).outcome()).isEqualTo("400 invalid_software_statement");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'software_id':'s-2','iat':%d}                    | 0  | another software_id",
        "{'iat':%d}                                        | 0  | another software_id",
        "{'software_id':'s-1','iat':%d}                    | -1 | older",
        "{'software_id':'s-1'}                             | 0  | older",
      })
  @Requirement({"DC-2", "DC-4"})
  void refusesAnotherStatementThatIsNoSuccessor(String claims, long later, String why) {
    String other =
        DIRECTORY.statement(
            claims.replace('\'', '"').formatted(server.now().getEpochSecond() + later));

    assertThat(put(by(other)).outcome()).isEqualTo("400 unapproved_software_statement");

    assertThat(server.logged("detail").orElseThrow()).contains(why);
    assertThat(read()).isEqualTo(registered.json());
  }

  @Test
  @Requirement({"DC-2", "DC-4"})
  void refusesAStatementOfAnotherIssuerWhoIsTrustedToo() {
    String other =
        ANOTHER.statement(
            "{\"iss\":\"Another Directory\",\"software_id\":\"s-1\",\"iat\":%d}"
                .formatted(server.now().getEpochSecond()));
    assertThat(register(server, with(metadata(server.stranger()), by(other))).status())
        .isEqualTo(201);

    assertThat(put(by(other)).outcome()).isEqualTo("400 unapproved_software_statement");
    assertThat(server.logged("detail").orElseThrow()).contains("another iss");
  }

  /** Without a name of the software nobody can say that two statements are about the same. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\"software_id\":\"\","})
  @Requirement({"DC-2", "DC-4"})
  void refusesAnyOtherStatementInThePlaceOfOneThatNamesNoSoftware(String none) {
    party = server.stranger();
    String first = DIRECTORY.statement("{" + none + "\"client_name\":\"Known App\"}");
    registered = register(server, with(metadata(party), by(first)));

    String second = DIRECTORY.statement("{" + none + "\"client_name\":\"Bank of Everybody\"}");
    Reply other = put(by(second));

    assertThat(other.outcome()).isEqualTo("400 unapproved_software_statement");
    assertThat(server.logged("detail").orElseThrow()).contains("names no software_id");
    assertThat(put(by(first)).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"DC-2", "DC-4"})
  void refusesAForgedStatementInItsPlace() {
    String claims = "{\"software_id\":\"s-1\",\"iat\":" + server.now().getEpochSecond() + "}";

    assertThat(put(by(ANOTHER.withKidOf(DIRECTORY).statement(claims))).outcome())
        .isEqualTo("400 invalid_software_statement");
  }

  @Test
  @Requirement("DC-4")
  void bindsARegistrationWithoutStatementToTheFirstThatItBrings() {
    TestClient plain = server.stranger();
    Reply before = register(server, metadata(plain));
    JsonObject own = with(metadata(plain), json("{\"client_id\":\"" + id(before).value() + "\"}"));

    Reply bound = manage(server, "PUT", before, with(own, by(statement)).toJson());

    assertThat(bound.string("client_name")).isEqualTo("Known App");
    assertThat(manage(server, "PUT", before, own.toJson()).outcome())
        .isEqualTo("400 invalid_client_metadata");
  }

  @Test
  @Requirement({"DC-2", "DC-4"})
  void isNoClientOnceItsIssuerIsNotTrustedAnyMore() {
    server.close();
    server = RegisteredPeer.server(folder);
    assertThat(pushed()).isEqualTo("401 invalid_client");
    assertThat(put(by(statement)).outcome()).isEqualTo("400 unapproved_software_statement");
    assertThat(read()).isEqualTo(registered.json());

    server.close();
    server = RegisteredPeer.server(folder, TRUST);
    assertThat(pushed()).isEqualTo("201");
  }

  @Test
  @Requirement({"DC-2", "DC-4"})
  void staysWithoutAStatementUntilItIsReplacedWhereOneMustBeNow() {
    party = server.stranger();
    registered = register(server, metadata(party));
    server.close();
    server = RegisteredPeer.server(folder, TRUST.replace("{issuers", "{required: true, issuers"));

    assertThat(pushed()).isEqualTo("201");
    assertThat(put(json("{}")).outcome()).isEqualTo("400 invalid_client_metadata");
    assertThat(put(by(statement)).status()).isEqualTo(200);
  }

  /** What the server says to it now, which may be another one than it registered with. */
  private String pushed() {
    return RegisteredPeer.pushed(server, registered, party);
  }

  private JsonObject read() {
    return manage(server, "GET", registered, "").json();
  }

  /** Replaces the registration by this beside the name, the keys and the id. */
  private Reply put(JsonObject changed) {
    JsonObject own =
        with(metadata(party), json("{\"client_id\":\"" + id(registered).value() + "\"}"));
    return manage(server, "PUT", registered, with(own, changed).toJson());
  }
}
