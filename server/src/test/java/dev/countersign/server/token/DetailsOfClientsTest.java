package dev.countersign.server.token;

import static dev.countersign.server.kit.Details.array;
import static dev.countersign.server.kit.TestServer.API;
import static dev.countersign.server.kit.TestServer.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Details that a client asks for itself, without a person. */
@Requirement({"RAR-6-1", "RAR-6-2"})
class DetailsOfClientsTest extends EndpointTest {
  @TempDir private static Path folder;

  @Override
  protected String configuration(String yaml) {
    String known =
        String.join(
            ", ",
            file("batch", false, ", \"without_person\": true"),
            file("secret", true, ", \"without_person\": true"),
            file("audit", false, ", \"without_person\": false"),
            file("record", false, ""),
            file("unregistered", false, ", \"without_person\": true"),
            "account_information");
    return Details.types(yaml, known, "batch, secret, audit, record");
  }

  /** Writes a type; where it is. */
  private static String file(String name, boolean sensitive, String more) {
    Path file = folder.resolve(name + ".json");
    try {
      Files.writeString(
          file,
          """
          {"type": "%s", "personal": [], "sensitive": %s, "use": "many"%s,
           "schema": {
             "type": "object",
             "properties": {
               "type": {"const": "%s"},
               "actions": {"type": "array", "items": {"enum": ["run", "stop"]}},
               "locations": {"type": "array", "items": {"type": "string"}}
             },
             "required": ["type", "actions"]
           }}
          """
              .formatted(name, sensitive, more, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toString();
  }

  private static String of(String type, String... locations) {
    String object = "{\"type\":\"" + type + "\",\"actions\":[\"run\"]}";
    return locations.length == 0 ? object : Details.at(object, locations);
  }

  private static Params request(String... details) {
    return Params.of("grant_type", "client_credentials", "authorization_details", array(details));
  }

  private Reply ask(String... details) {
    return server.app().token(request(details));
  }

  private static String audience(Reply tokens) throws MalformedJsonException {
    return RawJwt.claims(tokens.string("access_token")).string("aud").orElseThrow();
  }

  @Test
  @Requirement({"RAR-7-1", "RAR-9-1", "RAR-9.1-1", "RAR-9.2-1"})
  void givesWhatItAsksForOfItsTypesAndNoScopeBeside() throws MalformedJsonException {
    Reply tokens = ask(of("batch"));
    assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    assertThat(Details.in(tokens.json())).isEqualTo(Details.of(of("batch")));
    assertThat(tokens.json().names()).doesNotContain("scope", "refresh_token", "id_token");
    assertThat(Details.in(RawJwt.claims(tokens.string("access_token"))))
        .isEqualTo(Details.of(of("batch")));
    assertThat(audience(tokens)).isEqualTo(API);
    assertThat(Details.in(server.api().introspect(tokens.string("access_token")).json()))
        .isEqualTo(Details.of(of("batch")));
  }

  @Test
  void givesTheScopeThatItNamesBesideThem() {
    Reply tokens = server.app().token(request(of("batch")).and("scope", "accounts"));
    assertThat(tokens.string("scope")).isEqualTo("accounts");
    assertThat(Details.in(tokens.json())).isEqualTo(Details.of(of("batch")));
    assertThat(server.app().token(request(of("batch")).and("scope", "reports")).outcome())
        .isEqualTo("400 invalid_scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "record"})
  @Requirement({"ATT-82"})
  void givesNothingThatNeedsAPerson(String type) {
    assertThat(ask(of(type)).outcome()).isEqualTo("400 invalid_authorization_details");
    assertThat(ask(of("batch"), of(type)).outcome()).isEqualTo("400 invalid_authorization_details");
    assertThat(server.logged("rule")).contains("RAR-6-2");
  }

  @Test
  @Requirement({"RAR-5-1", "RAR-8-1", "ATT-82"})
  void givesNothingOfAnotherTypeOrShape() {
    for (String wrong :
        List.of(
            of("unregistered"),
            of("unknown"),
            of("batch").replace("run", "delete"),
            of("batch").replace("]}", "],\"more\":1}"),
            "{\"type\":\"batch\"}")) {
      assertThat(ask(wrong).outcome()).as(wrong).isEqualTo("400 invalid_authorization_details");
    }
    assertThat(server.machine().token(request(of("batch"))).outcome())
        .isEqualTo("400 invalid_authorization_details");
  }

  @Test
  @Requirement({"RAR-3.2-1", "RAR-9.1-1"})
  void isForTheResourcesThatTheDetailsName() throws MalformedJsonException {
    assertThat(audience(ask(of("batch", REPORTS)))).isEqualTo(REPORTS);
    assertThat(audience(server.app().token(request(of("batch")).and("resource", REPORTS))))
        .isEqualTo(REPORTS);
    assertThat(server.app().token(request(of("batch", REPORTS)).and("resource", API)).outcome())
        .isEqualTo("400 invalid_authorization_details");
    assertThat(ask(of("batch", "https://elsewhere.example.com")).outcome())
        .isEqualTo("400 invalid_authorization_details");
  }

  @Test
  @Requirement({"RV-2", "IN-4", "SP-5.3.4-3"})
  void sensitiveOnesAreInAnOpaqueTokenThatTheClientCanEnd() {
    Reply tokens = ask(of("secret"));
    String token = tokens.string("access_token");
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(Details.in(tokens.json())).isEqualTo(Details.of(of("secret")));
    assertThat(Details.in(server.api().introspect(token).json()))
        .isEqualTo(Details.of(of("secret")));

    TestClient app = server.app();
    Params form = Params.of("token", token).and(app.authenticatedBy(app.assertion()));
    assertThat(app.post("/revoke", form, List.of()).status()).isEqualTo(200);
    assertThat(server.api().introspect(token).text()).isEqualTo("{\"active\":false}");
  }
}
