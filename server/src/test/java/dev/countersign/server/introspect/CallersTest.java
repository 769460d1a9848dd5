package dev.countersign.server.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask at the introspection endpoint, and how. */
@Requirement({"IN-1"})
class CallersTest extends EndpointTest {

  private Params token() {
    return Params.of("token", server.app().tokens().string("access_token"));
  }

  private static Reply ask(TestClient caller, Params asked, String assertion) {
    return caller.post("/introspect", asked.and(caller.authenticatedBy(assertion)), List.of());
  }

  @Test
  @Requirement({"MS-6.2", "ATT-54", "A7-12"})
  void refusesAClientHoweverGoodItsAssertionIs() {
    assertThat(server.app().introspect(token()).outcome()).isEqualTo("401 invalid_client");
    assertThat(server.machine().introspect(token()).outcome()).isEqualTo("401 invalid_client");
  }

  @Test
  @Requirement({"SP-5.3.2.1-6", "CA-4"})
  void refusesWhoeverDoesNotProveWhoItIs() {
    Params token = token();
    TestClient api = server.api();
    assertThat(api.post("/introspect", token, List.of()).outcome()).isEqualTo("401 invalid_client");
    assertThat(api.post("/introspect", token.and("client_id", "api"), List.of()).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(server.impostor(api.id()).introspect(token).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(server.stranger().introspect(token).outcome()).isEqualTo("401 invalid_client");
    assertThat(
            server
                .reports()
                .post("/introspect", token.and(api.authenticatedBy("x")), List.of())
                .outcome())
        .isEqualTo("401 invalid_client");
  }

  @Test
  void refusesABearerTokenInPlaceOfAuthentication() {
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Authorization", "Bearer x"));
    byte[] body = "token=x".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Reply reply = server.send("POST", server.url("/introspect"), headers, body);
    assertThat(reply.outcome()).isEqualTo("401 invalid_client");
    assertThat(reply.header("WWW-Authenticate")).isPresent();
  }

  @Test
  @Requirement({"CA-3"})
  void takesAnAssertionOnceWhateverTheTokenWas() {
    TestClient api = server.api();
    for (Params asked : List.of(Params.of("token", "unknown"), token())) {
      String assertion = api.assertion();
      assertThat(ask(api, asked, assertion).outcome()).isEqualTo("200");
      assertThat(ask(api, asked, assertion).outcome()).isEqualTo("401 invalid_client");
    }
  }

  @Test
  @Requirement({"CA-5", "SP-5.3.2.1-8"})
  void takesTheIssuerAsAudienceAndNotTheEndpoint() {
    TestClient api = server.api();
    String other = api.assertion(claims -> claims.put("aud", server.url("/introspect").toString()));
    assertThat(ask(api, token(), other).outcome()).isEqualTo("401 invalid_client");
  }

  @Test
  @Requirement({"9701-10", "MS-6.2"})
  void aResourceServerIsNoClientAnywhereElse() {
    TestClient api = server.api();
    assertThat(api.token(Params.of("grant_type", "client_credentials")).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(api.push(api.authorizationRequest()).outcome()).isEqualTo("401 invalid_client");
    Params revoke = token().and(api.authenticatedBy(api.assertion()));
    assertThat(api.post("/revoke", revoke, List.of()).outcome()).isEqualTo("401 invalid_client");
  }

  @Test
  void refusesARequestWithoutToken() {
    for (Params none : List.of(Params.of(), Params.of("token", ""), Params.of("tokens", "x"))) {
      assertThat(server.api().introspect(none).outcome()).isEqualTo("400 invalid_request");
    }
    assertThat(server.api().introspect(token().and("token", "x")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"SP-5.2.3-3"})
  void takesNothingButAPostedForm() {
    TestClient api = server.api();
    Params asked = token().and(api.authenticatedBy(api.assertion()));
    Reply get = server.get(URI.create(server.url("/introspect") + "?" + asked.encode()));
    assertThat(get.outcome()).isEqualTo("405 invalid_request");
    assertThat(get.header("Allow")).contains("POST");
    assertThat(api.post("/introspect?" + asked.encode(), Params.of(), List.of()).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  void theEndpointIsPublishedWhereSomebodyMayAsk(@TempDir Path folder)
      throws MalformedJsonException {
    URI metadata = TestServer.ISSUER.openIdConfiguration();
    assertThat(server.get(metadata).json().string("introspection_endpoint"))
        .contains(server.url("/introspect").toString());
    assertThat(
            server
                .get(metadata)
                .json()
                .strings("introspection_endpoint_auth_signing_alg_values_supported"))
        .isPresent();
    assertThat(server.get(metadata).json().strings("introspection_signing_alg_values_supported"))
        .contains(List.of("ES256"));
    try (TestServer without =
        new TestServer(
            folder,
            yaml ->
                yaml.substring(0, yaml.indexOf("resource_servers:"))
                    + yaml.substring(yaml.indexOf("users:")))) {
      assertThat(without.get(metadata).json().names())
          .noneMatch(name -> name.startsWith("introspection"));
      assertThat(without.api().introspect("x").outcome()).isEqualTo("401 invalid_client");
    }
  }
}
