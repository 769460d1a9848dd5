package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.INITIAL;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.send;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationEndpointTest {
  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = RegisteredPeer.server(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Requirement({"DC-1", "DC-3", "PAR-12"})
  void tellsAllThatIsRegisteredWithWhatTheServerSet() throws MalformedJsonException {
    Reply reply = register(server, metadata(server.stranger()));

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.all("Cache-Control")).containsExactly("no-store");
    JsonObject body = reply.json();
    assertThat(body.names()).doesNotContain("client_secret");
    assertThat(reply.string("client_id")).hasSize(43);
    assertThat(reply.string("registration_access_token")).hasSize(43);
    assertThat(reply.string("registration_client_uri"))
        .isEqualTo(server.url("/register/" + reply.string("client_id")).toString());
    assertThat(body.integer("client_id_issued_at")).contains(server.now().getEpochSecond());
    assertThat(reply.string("client_name")).isEqualTo("Budget App");
    assertThat(body.strings("redirect_uris")).contains(List.of(RegisteredPeer.CALLBACK));
    assertThat(body.strings("grant_types")).contains(List.of("authorization_code"));
    assertThat(body.strings("response_types")).contains(List.of("code"));
    assertThat(reply.string("token_endpoint_auth_method")).isEqualTo("private_key_jwt");
    assertThat(reply.string("scope")).isEqualTo("openid accounts offline_access");
    assertThat(body.bool("require_pushed_authorization_requests")).contains(true);
    assertThat(body.bool("dpop_bound_access_tokens")).contains(true);
    assertThat(reply.string("id_token_signed_response_alg")).isEqualTo("ES256");
    assertThat(body.object("jwks")).isPresent();
  }

  @Test
  @Requirement("DC-1")
  void ignoresMembersItDoesNotKnow() {
    JsonObject extra = JsonObject.builder().put("x_unknown", 1L).put("client_name#de", "B").build();

    Reply reply = register(server, with(metadata(server.stranger()), extra));

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.json().names()).doesNotContain("x_unknown", "client_name#de");
  }

  @Test
  @Requirement({"DC-1", "SP-6.7"})
  void choosesTheIdItself() {
    JsonObject asked = JsonObject.builder().put("client_id", "u-anna").build();

    assertThat(register(server, with(metadata(server.stranger()), asked)).string("client_id"))
        .hasSize(43);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x_null\":null} | 201",
        "{\"x_number\":1.5} | 201",
        "{\"x_list\":[[1]]} | 201",
        "{\"d\":\"AAAA\"} | 400 invalid_client_metadata",
        "{\"use\":\"enc\"} | 400 invalid_client_metadata"
      })
  @Requirement({"DC-3", "SP-5.3.2.1-3"})
  void ignoresMembersOfKeysThatItDoesNotKnow(String members, String outcome) {
    JsonObject key = server.stranger().key().publicJwk().toJson();
    JsonObject set = JsonObject.builder().put("keys", List.of(with(key, json(members)))).build();
    JsonObject sent = JsonObject.builder().put("jwks", set).build();

    Reply reply = register(server, with(metadata(server.stranger()), sent));

    assertThat(reply.outcome()).as(reply.text()).isEqualTo(outcome);
    assertThat(reply.text()).doesNotContain("\"x_null\"", "\"x_number\"", "\"x_list\"");
  }

  @Test
  @Requirement({"RAR-10-2", "DC-5"})
  void registersTypesOfAuthorizationDetailsWithinWhatTheOperatorAllows(@TempDir Path other) {
    try (TestServer kind =
        RegisteredPeer.server(other, "authorization_details_types: [account_information]")) {
      JsonObject metadata = metadata(kind.stranger());
      JsonObject types = json("{\"authorization_details_types\":[\"account_information\"]}");
      JsonObject more = json("{\"authorization_details_types\":[\"payment_initiation\"]}");
      JsonObject none = json("{\"authorization_details_types\":[\"unknown\"]}");
      assertThat(register(kind, with(metadata, types)).text())
          .contains("\"authorization_details_types\":[\"account_information\"]");
      assertThat(register(kind, with(metadata, more)).outcome())
          .isEqualTo("400 invalid_client_metadata");
      assertThat(register(kind, with(metadata, none)).outcome())
          .isEqualTo("400 invalid_client_metadata");
      assertThat(register(kind, metadata).json().has("authorization_details_types")).isFalse();
      assertThat(register(server, with(metadata, types)).outcome())
          .isEqualTo("400 invalid_client_metadata");
    }
  }

  @Test
  @Requirement("DC-1")
  void refusesWhoHasNoToken() {
    Reply reply = register(server, metadata(server.stranger()), "");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.challenge().scheme()).isEqualTo("Bearer");
    assertThat(reply.challenge().attribute("error")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer another", "Bearer " + INITIAL + "1"})
  @Requirement("DC-1")
  void refusesAnotherToken(String authorization) {
    Reply reply = register(server, metadata(server.stranger()), authorization);

    assertThat(reply.outcome()).isEqualTo("401 invalid_token");
    assertThat(reply.challenge().attribute("error")).contains("invalid_token");
    assertThat(reply.all("Cache-Control")).containsExactly("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"redirect_uris\":[\"http://app.example.com/callback\"]}",
        "{\"redirect_uris\":[\"https://app.example.com/callback#x\"]}",
        "{\"redirect_uris\":[\"https://app.example.com/*\"]}",
        "{\"redirect_uris\":[\"com.example.app:/callback\"]}",
        "{\"redirect_uris\":[\"http://localhost/callback\"]}",
        "{\"redirect_uris\":[\"javascript:alert(1)\"]}",
        "{\"redirect_uris\":[\"javascript://app.example.com/%0aalert(1)\"]}",
        "{\"redirect_uris\":[\"data:text/html,x\"]}",
        "{\"redirect_uris\":[]}",
        "{\"redirect_uris\":\"https://app.example.com/callback\"}"
      })
  @Requirement({"DC-2", "DC-5", "SP-5.3.2.2-8", "ATT-85"})
  void refusesARedirectUriThatCannotBe(String changed) {
    assertThat(outcome(changed)).isEqualTo("400 invalid_redirect_uri");
  }

  @Test
  @Requirement({"DC-2", "DC-3"})
  void refusesTheCodeGrantWithoutRedirectUri() {
    JsonObject none = metadata(server.stranger()).only(java.util.Set.of("client_name", "jwks"));

    assertThat(register(server, none).outcome()).isEqualTo("400 invalid_redirect_uri");
  }

  @Test
  @Requirement({"DC-5", "SP-5.3.2.2-8"})
  void takesALoopbackRedirectUri() {
    JsonObject loopback =
        JsonObject.builder()
            .put("redirect_uris", List.of("http://127.0.0.1/callback"))
            .put("application_type", "native")
            .build();

    assertThat(register(server, with(metadata(server.stranger()), loopback)).status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token_endpoint_auth_method\":\"none\"}",
        "{\"token_endpoint_auth_method\":\"client_secret_basic\"}",
        "{\"token_endpoint_auth_method\":\"client_secret_post\"}",
        "{\"token_endpoint_auth_method\":\"client_secret_jwt\"}",
        "{\"token_endpoint_auth_method\":\"self_signed_tls_client_auth\"}",
        "{\"token_endpoint_auth_signing_alg\":\"RS256\"}",
        "{\"token_endpoint_auth_signing_alg\":\"none\"}",
        "{\"id_token_signed_response_alg\":\"RS256\"}",
        "{\"id_token_signed_response_alg\":\"none\"}",
        "{\"dpop_bound_access_tokens\":false}",
        "{\"grant_types\":[\"implicit\"]}",
        "{\"grant_types\":[\"password\"]}",
        "{\"grant_types\":[\"client_credentials\"]}",
        "{\"response_types\":[\"code id_token\"]}",
        "{\"response_modes\":[\"fragment\"]}",
        "{\"scope\":\"openid payments\"}",
        "{\"scope\":\"openid unknown\"}",
        "{\"jwks\":{\"keys\":[]}}",
        "{\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}}",
        "{\"jwks_uri\":\"https://app.example.com/jwks\"}",
        "{\"subject_type\":\"pairwise\"}",
        "{\"application_type\":\"other\"}",
        "{\"client_uri\":\"javascript:alert(1)\"}",
        "{\"client_uri\":\"http://a.example/\"}",
        "{\"logo_uri\":\"https://a.example:65536/logo.png\"}",
        "{\"tos_uri\":\"https://anna@a.example/\"}",
        "{\"client_name\":\"\\u202eknaB\"}",
        "{\"client_name\":\"\"}",
        "{\"client_name\":1}"
      })
  @Requirement({"DC-2", "DC-3", "DC-5", "SP-5.3.2.1-3", "ATT-85"})
  void refusesMetadataThatCannotBe(String changed) {
    assertThat(outcome(changed)).isEqualTo("400 invalid_client_metadata");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u3164",
        "\u115f\u1160",
        "\uffa0",
        "\u2800",
        "\u034f",
        "a\ufe0f",
        "\u0301",
        "x\u3164y"
      })
  @Requirement({"DC-2", "DC-3"})
  void refusesANameThatPeopleCannotSee(String name) {
    assertThat(named(name)).isEqualTo("400 invalid_client_metadata");
  }

  @ParameterizedTest
  @CsvSource({"4, 201", "5, 400 invalid_client_metadata"})
  @Requirement({"DC-2", "DC-3"})
  void refusesANameWhoseMarksAreDrawnOverTheTextAroundIt(int marks, String outcome) {
    assertThat(named("a" + "\u0301".repeat(marks))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"B\u00fccher & Co. (2)", "Vie\u0302\u0323t", "\u9280\u884c", "\u05d1\u05e0\u05e7"})
  @Requirement("DC-3")
  void takesANameInAnyLanguage(String name) {
    assertThat(named(name)).isEqualTo("201");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app.example.com/jwks",
        "https://user@app.example.com/jwks",
        "https://app.example.com:65536/jwks",
        "file:///etc/passwd"
      })
  @Requirement({"DC-5", "SP-5.4.2-0", "A1-46"})
  void refusesAnotherJwksUriThanHttps(String uri) {
    assertThat(register(server, published(uri)).outcome()).isEqualTo("400 invalid_client_metadata");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://app.example.com/jwks", "https://app.example.com:65535/jwks?of=app"})
  @Requirement({"DC-3", "SP-5.4.2-0"})
  void takesAJwksUriInPlaceOfKeysAndFetchesNothingYet(String uri) {
    Reply reply = register(server, published(uri));

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.string("jwks_uri")).isEqualTo(uri);
    assertThat(reply.json().has("jwks")).isFalse();
  }

  @Test
  @Requirement("DC-2")
  void refusesASoftwareStatementWhereNobodyIsTrusted() {
    String statement = new StatementIssuer().statement("{\"software_id\":\"s-1\"}");

    assertThat(outcome("{\"software_statement\":\"" + statement + "\"}"))
        .isEqualTo("400 unapproved_software_statement");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a.b.c", "a.b.c.d", "a.b.", "a b.c.d", ""})
  @Requirement("DC-2")
  void refusesASoftwareStatementThatIsNone(String statement) {
    assertThat(outcome("{\"software_statement\":\"" + statement + "\"}"))
        .isEqualTo("400 invalid_software_statement");
  }

  @Test
  void readsNoFileThatAClientNames() {
    assertThat(outcome("{\"jwks_file\":\"server-key.pem\"}")).isEqualTo("201");
  }

  @ParameterizedTest
  @CsvSource({"'{'", "'[]'", "'\"text\"'", "'{\"a\":1,\"a\":2}'"})
  @Requirement("DC-1")
  void refusesABodyThatIsNoJsonObject(String body) {
    assertThat(send(server, "POST", server.url("/register"), "Bearer " + INITIAL, body).outcome())
        .isEqualTo("400 invalid_client_metadata");
  }

  @Test
  @Requirement("DC-2")
  void namesTheMemberInTheAnswerAndTheReasonInTheLogAlone() {
    Reply reply =
        register(
            server,
            with(metadata(server.stranger()), json("{\"token_endpoint_auth_method\":\"none\"}")));

    assertThat(reply.string("error_description"))
        .isEqualTo("token_endpoint_auth_method is not acceptable here");
    assertThat(server.logged("detail").orElseThrow()).contains("must be one of: private_key_jwt");
  }

  @Test
  void answersPostAlone() {
    assertThat(server.get(server.url("/register")).status()).isEqualTo(405);
  }

  private static JsonObject published(String uri) {
    return JsonObject.builder()
        .put("redirect_uris", List.of(RegisteredPeer.CALLBACK))
        .put("jwks_uri", uri)
        .build();
  }

  private static String named(String name) {
    return outcome(JsonObject.builder().put("client_name", name).build().toJson());
  }

  private static String outcome(String changed) {
    return register(server, with(metadata(server.stranger()), json(changed))).outcome();
  }
}
