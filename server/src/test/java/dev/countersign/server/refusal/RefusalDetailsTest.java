package dev.countersign.server.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the log says of a refusal: the requirement, what came and what was expected. What goes over
 * the wire says neither.
 */
class RefusalDetailsTest extends EndpointTest {
  private static final String JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

  /** A request that is refused, and what the log says of it. */
  private record Case(String start, Supplier<Reply> request, String rule, String then) {}

  private static Case of(Supplier<Reply> request, String rule, String start) {
    return of(request, rule, start, ", expected ");
  }

  private static Case of(Supplier<Reply> request, String rule, String start, String then) {
    return new Case(start, request, rule, then);
  }

  private Reply push(String name, String value) {
    return server.app().push(server.app().authorizationRequest().with(name, value));
  }

  private Reply pushBy(Consumer<Map<String, Object>> change) {
    TestClient app = server.app();
    Params by = app.authenticatedBy(app.assertion(change));
    return app.post("/par", app.authorizationRequest().and(by), List.of());
  }

  private Reply code(String name, String value) {
    TestClient app = server.app();
    return app.token(app.codeRequest(app.code()).with(name, value));
  }

  private Reply proof(Consumer<Map<String, Object>> change) {
    TestClient app = server.app();
    String nonce = server.nonce();
    String proof =
        app.proof(
            "POST",
            server.url("/token"),
            claims -> {
              claims.put("nonce", nonce);
              change.accept(claims);
            });
    return app.token(Params.of("grant_type", "client_credentials"), proof);
  }

  private Reply boundTo(String jkt) {
    TestClient app = server.app();
    return app.token(app.codeRequest(app.code(app.authorizationRequest().with("dpop_jkt", jkt))));
  }

  private Reply open(String... query) {
    URI url = URI.create(server.url("/authorize") + "?" + Params.of(query).encode());
    return server.get(url);
  }

  private long second(int seconds) {
    return server.now().plusSeconds(seconds).getEpochSecond();
  }

  private List<Case> ofClients() {
    return List.of(
        of(
            () -> pushBy(claims -> claims.put("aud", server.url("/par").toString())),
            "SP-5.3.2.1-8",
            "aud is https://as.example.com/tenant/par, expected https://as.example.com/tenant"),
        of(
            () -> pushBy(claims -> claims.put("aud", List.of(TestServer.ISSUER.value()))),
            "SP-5.3.2.1-8",
            "aud is not a string, expected the string https://as.example.com/tenant"),
        of(
            () -> pushBy(claims -> claims.put("iss", "other-app")),
            "CA-2",
            "iss is other-app, expected app, the sub"),
        of(
            () -> pushBy(claims -> claims.put("nbf", second(61))),
            "SP-5.3.2.1-13",
            "nbf is ",
            ", expected at most 30 s after "),
        of(
            () -> pushBy(claims -> claims.put("exp", second(-300))),
            "CA-3",
            "exp is ",
            ", expected later than "),
        of(
            () -> {
              TestClient app = server.app();
              Params by = app.authenticatedBy(app.assertion()).with("client_assertion_type", "x");
              return app.post("/par", app.authorizationRequest().and(by), List.of());
            },
            "CA-1",
            "client_assertion_type is x, expected urn:ietf:params:oauth:"),
        of(
            () -> server.app().post("/par", server.app().authorizationRequest(), List.of()),
            "SP-5.3.2.2-4",
            "client_assertion is missing, expected a signed JWT"));
  }

  private List<Case> ofRequests() {
    return List.of(
        of(
            () -> push("redirect_uri", "https://evil.example/cb"),
            "PAR-9",
            "redirect_uri is https://evil.example/cb, expected one of [https://app.example.com/"),
        of(
            () -> push("redirect_uri", "http://app.example.com/"),
            "SP-5.3.2.2-8",
            "redirect_uri is http://app.example.com/, expected an absolute https URI"),
        of(
            () -> push("response_type", "code id_token"),
            "SP-5.3.2.2-1",
            "response_type is code id_token, expected code"),
        of(
            () -> push("response_mode", "fragment"),
            "OA-17",
            "response_mode is fragment, expected one of [query, jwt, query.jwt, fragment.jwt,"
                + " form_post.jwt]"),
        of(
            () -> push("code_challenge_method", "plain"),
            "PKCE-2",
            "code_challenge_method is plain, expected S256"),
        of(
            () -> push("client_id", "other-app"),
            "CA-1",
            "client_id is other-app, expected app, the sub"),
        of(
            () -> push("scope", "openid admin"),
            "OA-3",
            "scope is openid admin, expected some of openid profile email"),
        of(
            () -> push("resource", "https://other.example"),
            "OA-11",
            "resource is [https://other.example], expected some of [https://api.example.com, "),
        of(
            () -> push("nonce", "n".repeat(65)),
            "SP-5.3.2.2-14",
            "nonce is of 65 characters, expected 1 to 64"),
        of(() -> push("prompt", "often"), "OA-14", "prompt is often, expected none, login, "),
        of(() -> push("max_age", "-1"), "OA-15", "max_age is -1, expected 0 to 999999999"),
        of(() -> push("request_uri", "urn:x"), "PAR-3", "request_uri is there, expected none"));
  }

  private List<Case> ofTokens() {
    return List.of(
        of(
            () -> code("redirect_uri", "http://127.0.0.1/callback"),
            "OA-6",
            "redirect_uri is http://127.0.0.1/callback, expected https://app.example.com/callback"),
        of(
            () -> code("code_verifier", "w".repeat(43)),
            "PKCE-3",
            "the challenge of code_verifier is ",
            ", expected " + TestClient.CHALLENGE),
        of(
            () -> code("code_verifier", "short"),
            "PKCE-3",
            "code_verifier is of 5 characters, expected 43 to 128"),
        of(
            () -> {
              Params foreign = server.other().codeRequest(server.app().code());
              return server.other().token(foreign);
            },
            "OA-6",
            "client is other-app, expected app"),
        of(
            () -> code("grant_type", "password"),
            "SP-5.3.2.1-2",
            "grant_type is password, expected one of [authorization_code, "),
        of(
            () -> server.machine().token(server.machine().refreshRequest("r".repeat(43))),
            "OA-3",
            "grant_type is refresh_token, expected one of client_credentials"),
        of(
            () -> boundTo(JKT),
            "DP-16",
            "thumbprint of the proof is " + server.app().dpopKey().thumbprint().value(),
            ", expected " + JKT));
  }

  private List<Case> ofProofs() {
    return List.of(
        of(() -> proof(c -> c.put("htm", "GET")), "DP-4", "htm is GET, expected POST"),
        of(
            () -> proof(c -> c.put("htu", "https://evil.example/token")),
            "DP-4",
            "htu is https://evil.example/token, expected [https://as.example.com/tenant/token]"),
        of(
            () -> proof(c -> c.put("iat", second(-61))),
            "DP-15",
            "iat is ",
            ", expected at most 60 s before "),
        of(
            () -> {
              Params request = Params.of("grant_type", "client_credentials");
              return server.app().token(request, new String[0]);
            },
            "DP-4",
            "the number of DPoP headers is 0, expected one"));
  }

  private List<Case> ofBrowsers() {
    return List.of(
        of(() -> open("client_id", "app"), "SP-5.3.2.2-3", "request_uri is missing, expected "),
        of(
            () -> {
              TestClient app = server.app();
              String pushed = app.push(app.authorizationRequest()).string("request_uri");
              return open("client_id", "other-app", "request_uri", pushed);
            },
            "PAR-6",
            "client_id is other-app, expected app who pushed the request"),
        of(
            () -> open("client_id", "app", "request_uri", "https://evil.example"),
            "PAR-8",
            "request_uri is malformed, expected one that waits for an answer"),
        of(
            () -> server.get(URI.create(server.url("/authorize") + "?state=a&state=b")),
            "OA-5",
            "parameter is state there twice, expected once"));
  }

  @TestFactory
  @Requirement({"IA-2.7-4"})
  Stream<DynamicTest> namesTheRuleWhatCameAndWhatWasExpected() {
    return Stream.of(ofClients(), ofRequests(), ofTokens(), ofProofs(), ofBrowsers())
        .flatMap(List::stream)
        .map(one -> DynamicTest.dynamicTest(one.rule() + " " + one.start(), () -> check(one)));
  }

  private void check(Case one) {
    Reply refused = one.request().get();
    assertThat(refused.status()).as(refused.text()).isBetween(400, 405);
    assertThat(server.logged("rule")).contains(one.rule());
    String detail = server.logged("detail").orElseThrow();
    assertThat(detail).startsWith(one.start()).contains(one.then());
    assertThat(refused.text()).doesNotContain(", expected ", "evil.example", "other-app");
  }

  @Test
  @Requirement({"IA-2.7-4"})
  void aLongValueLeavesRoomForWhatWasExpected() {
    push("redirect_uri", "https://evil.example/" + "x".repeat(1000));
    assertThat(server.logged("detail").orElseThrow())
        .hasSizeLessThanOrEqualTo(300)
        .contains("xxx..., expected one of [https://app.example.com/callback");
  }

  @Test
  void aSecretNeverStandsThere() {
    code("code_verifier", "my-own-secret-verifier-of-43-characters-or-so");
    assertThat(server.logged("detail").orElseThrow()).doesNotContain("my-own-secret");
    code("code", "my-own-secret-code");
    assertThat(server.logged("detail").orElseThrow()).doesNotContain("my-own-secret");
    server.app().token(server.app().refreshRequest("my-own-secret-token"));
    assertThat(server.logged("detail").orElseThrow()).doesNotContain("my-own-secret");
  }
}
