package dev.countersign.server.token;

import static dev.countersign.server.kit.Details.ACCOUNTS;
import static dev.countersign.server.kit.Details.LESS;
import static dev.countersign.server.kit.Details.array;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the details of a grant when their time or their type has passed. */
@Requirement({"RAR-7-1", "RAR-9-1"})
class DetailsLeftTest extends DetailsTokenTest {
  @Test
  @Requirement({"PAR-13"})
  void aTypeThatTheClientMayNoLongerUseIsLeftOut(@TempDir Path folder) {
    String token;
    TestClient app;
    try (TestServer before = new TestServer(folder)) {
      app = before.app();
      token = app.token(codeRequest(app, ACCOUNTS, Details.HEALTH)).string("refresh_token");
    }
    try (TestServer after = new TestServer(folder, yaml -> of(yaml, app, "account_information"))) {
      TestClient same = app.at(after);
      assertThat(given(same.token(same.refreshRequest(token)))).isEqualTo(Details.of(ACCOUNTS));
      assertThat(same.token(asking(same.refreshRequest(token), Details.HEALTH)).outcome())
          .isEqualTo("400 invalid_authorization_details");
    }
    try (TestServer after = new TestServer(folder, yaml -> of(yaml, app, ""))) {
      TestClient same = app.at(after);
      Reply tokens = same.token(same.refreshRequest(token));
      assertThat(tokens.string("scope")).isEqualTo("accounts reports");
      assertThat(given(tokens)).isEqualTo(AuthorizationDetails.NONE);
    }
    try (TestServer after =
        new TestServer(
            folder,
            yaml ->
                of(yaml, app, "")
                    .replace("offline_access accounts payments reports", "offline_access"))) {
      TestClient same = app.at(after);
      assertThat(same.token(same.refreshRequest(token)).outcome()).isEqualTo("400 invalid_grant");
      assertThat(after.logged("rule")).contains("PAR-13");
    }
  }

  /** The page says until when, and nobody has to look at the calendar for it. */
  @Test
  @Requirement({"RAR-9-1", "PAR-13"})
  void whatIsOverIsInNoNewToken() {
    LocalDate tomorrow = today().plusDays(1);
    String limited = until(ACCOUNTS, tomorrow);
    Reply tokens = server.app().token(codeRequest(limited, LESS));
    assertThat(given(refresh(tokens))).isEqualTo(Details.of(limited, LESS));
    server.pass(Duration.ofDays(2));
    assertThat(given(refresh(tokens))).isEqualTo(Details.of(LESS));
    assertThat(refresh(tokens, limited).outcome()).isEqualTo("400 invalid_authorization_details");
    assertThat(refresh(tokens, until(ACCOUNTS, tomorrow.plusDays(1))).outcome())
        .isEqualTo("400 invalid_authorization_details");
  }

  @Test
  @Requirement({"RAR-9-1", "PAR-13"})
  void aGrantOfWhichAllIsOverGivesNoToken() {
    String limited = until(ACCOUNTS, today());
    Params request =
        server
            .app()
            .authorizationRequest()
            .without("scope")
            .and("authorization_details", array(limited));
    Reply tokens = server.app().token(server.app().codeRequest(server.app().code(request)));
    assertThat(given(tokens)).isEqualTo(Details.of(limited));
    passToTheLastSecondOfTheDay();
    assertThat(refresh(tokens).status()).isEqualTo(200);
    Params late = server.app().codeRequest(server.app().code(request));
    server.pass(Duration.ofSeconds(1));
    assertThat(refresh(tokens).outcome()).isEqualTo("400 invalid_grant");
    assertThat(server.logged("rule")).contains("PAR-13");
    assertThat(server.app().token(late).outcome()).isEqualTo("400 invalid_grant");
    assertThat(server.logged("rule")).contains("PAR-13");
  }

  @Test
  @Requirement({"RAR-9.2-1"})
  void introspectionLeavesOutWhatIsOver() {
    String health = until(Details.HEALTH, today());
    passToTheLastSecondOfTheDay();
    Reply tokens = server.app().token(codeRequest(health, LESS));
    String token = tokens.string("access_token");
    assertThat(Details.in(server.api().introspect(token).json()))
        .isEqualTo(Details.of(health, LESS));
    server.pass(Duration.ofSeconds(1));
    assertThat(Details.in(server.api().introspect(token).json())).isEqualTo(Details.of(LESS));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(server.now(), ZoneOffset.UTC);
  }

  private void passToTheLastSecondOfTheDay() {
    Instant midnight = today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    server.pass(Duration.between(server.now(), midnight).minusSeconds(1));
  }

  private static String until(String object, LocalDate day) {
    return object.replaceFirst(",", ",\"validUntil\":\"" + day + "\",");
  }

  /** What an operator takes out of a type is in no new token, whoever agreed to it before. */
  @Test
  @Requirement({"PAR-13"})
  void whatItsTypeNoLongerHasAPlaceForIsLeftOut(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("door.json");
    String type =
        """
        {"type": "door", "personal": [], "sensitive": false, "use": "many",
         "compare": {"/actions": "subset"},
         "schema": {"properties": {
           "type": {"const": "door"},
           "actions": {"type": "array", "items": {"enum": ["open", "lock"]}}}}}
        """;
    Files.writeString(file, type);
    String open = "{\"type\":\"door\",\"actions\":[\"open\"]}";
    String both = "{\"type\":\"door\",\"actions\":[\"open\",\"lock\"]}";
    String token;
    String alone;
    TestClient app;
    try (TestServer before =
        new TestServer(
            folder, yaml -> Details.types(yaml, "door.json, account_information", "door"))) {
      app = before.app();
      token = app.token(codeRequest(app, open, both)).string("refresh_token");
      Params request =
          app.authorizationRequest().without("scope").and("authorization_details", array(both));
      alone = app.token(app.codeRequest(app.code(request))).string("refresh_token");
    }
    Files.writeString(file, type.replace(", \"lock\"", ""));
    try (TestServer after =
        new TestServer(folder, yaml -> of(yaml, app, "door.json, account_information", "door"))) {
      TestClient same = app.at(after);
      assertThat(given(same.token(same.refreshRequest(token)))).isEqualTo(Details.of(open));
      assertThat(same.token(same.refreshRequest(alone)).outcome()).isEqualTo("400 invalid_grant");
      assertThat(after.logged("rule")).contains("PAR-13");
      assertThat(after.logged("detail").orElseThrow())
          .contains("door: /actions/1 does not meet enum");
    }
  }

  /** The configuration with the key of an app of before, and what types it may use now. */
  private static String of(String yaml, TestClient app, String types) {
    return of(yaml, app, "account_information, health_record_access", types);
  }

  private static String of(String yaml, TestClient app, String known, String types) {
    return Details.types(yaml, known, types)
        .replaceFirst(
            "(?s)(client_id: app\n    name: The App\n    jwks: )[^\n]+", "$1" + app.jwks());
  }
}
