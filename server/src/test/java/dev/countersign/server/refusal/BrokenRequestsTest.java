package dev.countersign.server.refusal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong before OAuth begins, and what every answer carries. */
class BrokenRequestsTest extends EndpointTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private Reply post(String path, String contentType, byte[] body) {
    return server.send(
        "POST", server.url(path), List.of(Map.entry("Content-Type", contentType)), body);
  }

  private byte[] goodPush() {
    TestClient app = server.app();
    return app.authorizationRequest()
        .and(app.authenticatedBy(app.assertion()))
        .encode()
        .getBytes(UTF_8);
  }

  private void answeredAsAnError(Reply reply, int status, String error) {
    assertThat(reply.outcome()).isEqualTo(status + " " + error);
    assertThat(reply.header("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(reply.header("Strict-Transport-Security")).isPresent();
    String id = reply.header("x-fapi-interaction-id").orElseThrow();
    assertThat(server.logged("interaction_id")).contains(id);
    assertThat(server.logged("rule")).isPresent();
    assertThat(server.logged("status")).contains(String.valueOf(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/par", "/token"})
  @Requirement({"PAR-1", "OA-3"})
  void refusesAnotherVerbAndNamesTheRightOne(String path) {
    for (String verb : List.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD")) {
      Reply reply = server.send(verb, server.url(path), List.of(), new byte[0]);
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("Allow")).contains("POST");
    }
    Reply get = server.get(server.url(path));
    answeredAsAnError(get, 405, "invalid_request");
    assertThat(get.header("DPoP-Nonce")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"/userinfo,'GET, POST'", "/jwks,'GET, HEAD'"})
  @Requirement({"PAR-1"})
  void refusesAnotherVerbElsewhereToo(String path, String allowed) {
    Reply reply = server.send("DELETE", server.url(path), List.of(), new byte[0]);
    answeredAsAnError(reply, 405, "invalid_request");
    assertThat(reply.header("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=iso-8859-1",
        "application/x-www-form-urlencodedx"
      })
  @Requirement({"PAR-1"})
  void refusesAnotherContentType(String contentType) {
    answeredAsAnError(post("/par", contentType, goodPush()), 415, "invalid_request");
    answeredAsAnError(post("/token", contentType, goodPush()), 415, "invalid_request");
  }

  @Test
  @Requirement({"PAR-1"})
  void refusesABodyWithoutContentType() {
    Reply reply = server.send("POST", server.url("/par"), List.of(), goodPush());
    answeredAsAnError(reply, 415, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-Urlencoded",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "application/x-www-form-urlencoded ; charset=\"utf-8\""
      })
  @Requirement({"PAR-1"})
  void takesTheContentTypeOfFormsInUtf8(String contentType) {
    assertThat(post("/par", contentType, goodPush()).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"PAR-1"})
  void refusesABodyOverTheLimitAndTakesOneAtIt() {
    byte[] good = goodPush();
    byte[] atLimit = pad(good, RequestEdge.MAX_BODY);
    assertThat(post("/par", FORM, atLimit).status()).isEqualTo(201);
    answeredAsAnError(
        post("/par", FORM, pad(goodPush(), RequestEdge.MAX_BODY + 1)), 413, "invalid_request");
    answeredAsAnError(
        post("/token", FORM, pad(goodPush(), RequestEdge.MAX_BODY * 2)), 413, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 16, 20})
  @Requirement({"PAR-1", "IA-2.2.1-2", "IA-2.2.1-3", "SP-5.2.3-1"})
  void refusesABodyHoweverFarOverTheLimit(int times) {
    byte[] body = pad(goodPush(), RequestEdge.MAX_BODY * times);
    int before = server.log().size();
    Reply push = post("/par", FORM, body);
    answeredAsAnError(push, 413, "invalid_request");
    assertThat(push.header("DPoP-Nonce")).isPresent();
    assertThat(server.logged("rule")).contains("PAR-1");
    assertThat(server.logged("endpoint")).contains("par");
    assertThat(server.log()).hasSize(before + 1);
    Reply nowhere = post("/nothing", FORM, body);
    assertThat(nowhere.status()).isEqualTo(413);
    assertThat(nowhere.header("Strict-Transport-Security")).isPresent();
  }

  @Test
  @Requirement({"IA-2.2.1-2"})
  void echoesTheInteractionIdOfABodyOverTheLimit() {
    String id = "7a3c3f60-1c9e-4b5e-9f0a-2d1f0e8b7c6d";
    Reply reply =
        server.send(
            "POST",
            server.url("/token"),
            List.of(Map.entry("Content-Type", FORM), Map.entry("x-fapi-interaction-id", id)),
            new byte[RequestEdge.MAX_BODY + 1]);
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.header("x-fapi-interaction-id")).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "GET /tenant/jwks%00 HTTP/1.1\r\nHost: a",
        "GET /tenant/jwks HTTP/1.1\r\nHost: a\r\nno colon",
        "POST /tenant/par HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1"
      })
  @Requirement({"IA-2.2.1-2", "IA-2.2.1-3", "SP-5.2.3-1"})
  void answersWhatIsNoHttpAsEverythingElse(String request) throws IOException {
    int before = server.log().size();
    assertThat(raw(request + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Strict-Transport-Security: max-age=63072000", "Cache-Control: no-store")
        .containsPattern("(?i)x-fapi-interaction-id: [0-9a-f-]{36}\r\n")
        .doesNotContain("jwks");
    assertThat(server.log()).hasSize(before + 1);
    assertThat(server.logged("rule")).contains("OA-3");
    assertThat(server.logged("status")).contains("400");
  }

  private static byte[] pad(byte[] body, int size) {
    String padding = "&pad=" + "x".repeat(size - body.length - "&pad=".length());
    return (new String(body, UTF_8) + padding).getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=%FF", "state=%C0%80", "state=%", "state=%zz", "state=%ED%A0%80"})
  @Requirement({"OA-5", "OA-3"})
  void refusesBrokenEscapesAndBrokenUtf8(String broken) {
    byte[] body = new String(goodPush(), UTF_8).replace("state=some-state", broken).getBytes(UTF_8);
    answeredAsAnError(post("/par", FORM, body), 400, "invalid_request");
    answeredAsAnError(post("/token", FORM, body), 400, "invalid_request");
  }

  @Test
  @Requirement({"OA-5"})
  void refusesRawBytesThatAreNoUtf8() {
    byte[] body =
        (new String(goodPush(), UTF_8) + "&x=\u00ff").getBytes(StandardCharsets.ISO_8859_1);
    answeredAsAnError(post("/par", FORM, body), 400, "invalid_request");
  }

  @Test
  @Requirement({"OA-3", "OA-5"})
  void refusesRepeatedParameters() {
    TestClient app = server.app();
    Params push = app.authorizationRequest().and(app.authenticatedBy(app.assertion()));
    for (Map.Entry<String, String> pair : push.pairs()) {
      Params twice = push.and(pair.getKey(), pair.getValue());
      answeredAsAnError(app.post("/par", twice, List.of()), 400, "invalid_request");
    }
    Params token = app.codeRequest("x").and(app.authenticatedBy(app.assertion()));
    for (Map.Entry<String, String> pair : token.pairs()) {
      Params twice = token.and(pair.getKey(), "other");
      answeredAsAnError(app.post("/token", twice, List.of()), 400, "invalid_request");
    }
    assertThat(app.post("/par", push, List.of()).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"OA-3"})
  void refusesParametersInTheUrl() {
    URI url = URI.create(server.url("/par") + "?client_id=app");
    Reply reply = server.send("POST", url, List.of(Map.entry("Content-Type", FORM)), goodPush());
    answeredAsAnError(reply, 400, "invalid_request");
  }

  @Test
  @Requirement({"OA-3"})
  void refusesAJwtOfBrokenJson() {
    TestClient app = server.app();
    String header = base64("{\"alg\":\"ES256\"}");
    for (String broken :
        List.of("{", "{\"sub\":\"app\",\"sub\":\"app\"}", "[]", "{\"sub\":1}", "")) {
      String assertion = header + "." + base64(broken) + ".AAAA";
      Params push = app.authorizationRequest().and(app.authenticatedBy(assertion));
      answeredAsAnError(app.post("/par", push, List.of()), 401, "invalid_client");
    }
  }

  private static String base64(String text) {
    return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void answersAnUnknownPathWith404() {
    for (String path : List.of("/nothing", "/par/", "/Par", "/%70ar", "/token;x=1")) {
      Reply reply = server.get(server.url(path));
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(reply.header("x-fapi-interaction-id")).isPresent();
      assertThat(reply.header("Strict-Transport-Security")).isPresent();
    }
  }

  @Test
  @Requirement({"IA-2.2.1-2", "IA-2.2.1-3"})
  void echoesAnInteractionIdThatIsAUuid() {
    String id = "7A3C3F60-1c9e-4b5e-9f0a-2d1f0e8b7c6d";
    Reply reply =
        server.send(
            "GET",
            server.url("/jwks"),
            List.of(Map.entry("X-FAPI-Interaction-ID", id)),
            new byte[0]);
    assertThat(reply.header("x-fapi-interaction-id")).contains(id);
    assertThat(server.logged("interaction_id")).contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>", "7a3c3f60-1c9e-4b5e-9f0a-2d1f0e8b7c6", "x y=z", ""})
  @Requirement({"IA-2.2.1-2"})
  void replacesAnInteractionIdThatIsNoUuid(String id) {
    Reply reply =
        server.send(
            "GET",
            server.url("/jwks"),
            List.of(Map.entry("x-fapi-interaction-id", id)),
            new byte[0]);
    String fresh = reply.header("x-fapi-interaction-id").orElseThrow();
    assertThat(UUID.fromString(fresh).version()).isEqualTo(4);
    assertThat(server.log().getLast().getKeyValuePairs().toString()).doesNotContain("script");
  }

  @Test
  @Requirement({"SP-5.2.3-1", "SP-5.2.3-3", "BCP-2.6-2"})
  void sendsHstsAndNoCorsOnEveryAnswer() {
    for (String path : List.of("/par", "/token", "/userinfo", "/jwks", "/authorize", "/nothing")) {
      for (String verb : List.of("GET", "POST", "OPTIONS")) {
        Reply reply =
            server.send(
                verb,
                server.url(path),
                List.of(
                    Map.entry("Origin", "https://evil.example.com"),
                    Map.entry("Access-Control-Request-Method", "POST")),
                new byte[0]);
        assertThat(reply.header("Strict-Transport-Security"))
            .contains("max-age=63072000; includeSubDomains; preload");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(verb.equals("OPTIONS") && reply.status() < 400).isFalse();
      }
    }
  }

  @Test
  @Requirement({"IA-2.2.1-3"})
  void writesOneLogLineForARequestWithTheClientAndTheRule() {
    int before = server.log().size();
    server.app().push(server.app().authorizationRequest().without("redirect_uri"));
    assertThat(server.log()).hasSize(before + 1);
    assertThat(server.logged("endpoint")).contains("par");
    assertThat(server.logged("client_id")).contains("app");
    assertThat(server.logged("error")).contains("invalid_request");
    assertThat(server.logged("rule")).contains("SP-5.3.2.2-6");
  }

  @Test
  void aWrongHostHeaderBreaksNothing() throws IOException {
    String request =
        "GET /tenant/jwks HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n";
    assertThat(raw(request)).startsWith("HTTP/1.1 200").doesNotContain("evil.example.com");
  }

  /** Sends this and gives back all that comes until the server closes. */
  private String raw(String request) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            server.tls().trust().getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
