package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.PushedRequest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushEndpointTest extends EndpointTest {

  private Params good() {
    return server.app().authorizationRequest();
  }

  private Reply push(Params request) {
    return server.app().push(request);
  }

  private PushedRequest pushed(Reply reply) {
    return server
        .store()
        .findRequest(new RequestUri(reply.string("request_uri")).digest(), server.now())
        .orElseThrow();
  }

  @Test
  @Requirement({"PAR-1", "PAR-5", "SP-5.3.2.2-2", "SP-5.3.2.2-12"})
  void answersWithARequestUriAndItsLifetime() throws MalformedJsonException {
    Reply reply = push(good());
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Content-Type")).contains("application/json");
    assertThat(reply.header("Cache-Control")).contains("no-cache, no-store");
    assertThat(reply.json().integer("expires_in")).contains(90L);
    assertThat(reply.json().names()).containsExactly("request_uri", "expires_in");
  }

  @Test
  @Requirement({"PAR-6", "SP-5.4.1-4"})
  void givesRequestUrisWithMoreThan128RandomBits() {
    String prefix = "urn:ietf:params:oauth:request_uri:";
    String one = push(good()).string("request_uri");
    String two = push(good()).string("request_uri");
    assertThat(one).startsWith(prefix).isNotEqualTo(two);
    assertThat(Base64.getUrlDecoder().decode(one.substring(prefix.length())))
        .hasSizeGreaterThanOrEqualTo(16);
  }

  @Test
  @Requirement({"SP-5.3.2.2-12", "PAR-8"})
  void forgetsARequestWhenItsTimeIsUp() {
    Reply reply = push(good());
    RequestUri requestUri = new RequestUri(reply.string("request_uri"));
    server.pass(Duration.ofSeconds(89));
    assertThat(server.store().findRequest(requestUri.digest(), server.now())).isPresent();
    server.pass(Duration.ofSeconds(1));
    assertThat(server.store().findRequest(requestUri.digest(), server.now())).isEmpty();
  }

  @Test
  @Requirement({"PAR-6"})
  void keepsTheRequestForTheClientThatPushedIt() {
    PushedRequest kept = pushed(push(good()));
    assertThat(kept.request().clientId()).isEqualTo(server.app().id());
    assertThat(kept.request().state().orElseThrow().value()).isEqualTo("some-state");
  }

  @Test
  @Requirement({"SP-5.3.2.2-5", "PKCE-3"})
  void refusesARequestWithoutCodeChallenge() {
    assertThat(push(good().without("code_challenge")).outcome()).isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"SP-5.3.2.2-5", "PKCE-2", "PKCE-3"})
  void refusesThePlainMethodSpokenOrSilent() {
    assertThat(push(good().with("code_challenge_method", "plain")).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(push(good().without("code_challenge_method")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"SP-5.3.2.2-6"})
  void refusesARequestWithoutRedirectUri() {
    assertThat(push(good().without("redirect_uri")).outcome()).isEqualTo("400 invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com/callback/",
        "https://app.example.com/callback?x=1",
        "https://app.example.com/callback#x",
        "https://app.example.com/other/../callback",
        "https://app.example.com/%63allback",
        "https://app.example.com:443/callback",
        "https://APP.example.com/callback",
        "https://user@app.example.com/callback",
        "https://app.example.com.evil.example/callback",
        "https://app.example.com/callback\\@evil.example",
        "https://other.example.com/callback",
        "http://app.example.com/callback",
        "http://localhost/callback",
        "javascript:alert(1)",
        "/callback"
      })
  @Requirement({"PAR-9", "BCP-2.1-1", "SP-5.3.2.1-7", "SP-5.3.2.2-8", "PAR-4"})
  void refusesARedirectUriThatIsNotRegistered(String redirectUri) {
    assertThat(push(good().with("redirect_uri", redirectUri)).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"BCP-2.1-1", "SP-5.3.2.2-8"})
  void takesALoopbackRedirectUriOnAnyPort() {
    assertThat(push(good().with("redirect_uri", "http://127.0.0.1:51234/callback")).status())
        .isEqualTo(201);
    assertThat(push(good().with("redirect_uri", "http://127.0.0.1:51234/other")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "id_token", "code id_token", "code token", "none"})
  @Requirement({"SP-5.3.2.2-1"})
  void refusesOtherResponseTypes(String responseType) {
    assertThat(push(good().with("response_type", responseType)).outcome())
        .isEqualTo("400 unsupported_response_type");
  }

  @Test
  @Requirement({"SP-5.3.2.2-1"})
  void refusesARequestWithoutResponseType() {
    assertThat(push(good().without("response_type")).outcome()).isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"OA-17"})
  void refusesAResponseModeThatItDoesNotHave() {
    assertThat(push(good().and("response_mode", "fragment")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"PAR-3"})
  void refusesARequestUriInTheBody() {
    assertThat(push(good().and("request_uri", "urn:example:1")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"PAR-4"})
  void refusesAScopeBeyondTheClients() {
    assertThat(push(good().with("scope", "openid admin")).outcome()).isEqualTo("400 invalid_scope");
  }

  @Test
  @Requirement({"PAR-4"})
  void refusesARequestWithoutScope() {
    assertThat(push(good().without("scope")).outcome()).isEqualTo("400 invalid_scope");
  }

  @Test
  @Requirement({"OA-18"})
  void ignoresOfflineAccessOfAClientThatIsNotRegisteredForIt() {
    Params request =
        server.other().authorizationRequest().with("scope", "openid offline_access accounts");
    assertThat(server.other().push(request).status()).isEqualTo(201);
    assertThat(server.other().push(request.with("scope", "openid payments")).outcome())
        .isEqualTo("400 invalid_scope");
  }

  @Test
  void takesOfflineAccessAndNeverNeedsIt() {
    assertThat(push(good().with("scope", "openid offline_access accounts")).status())
        .isEqualTo(201);
  }

  @Test
  @Requirement({"OA-11"})
  void takesSeveralResourcesOfTheClient() {
    Params request =
        good()
            .with("scope", "openid accounts reports")
            .and("resource", TestServer.API)
            .and("resource", TestServer.REPORTS);
    Reply reply = push(request);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(pushed(reply).request().resources()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://unknown.example.com",
        "https://api.example.com/",
        "not a uri",
        "/api",
        "https://api.example.com#x"
      })
  @Requirement({"OA-11"})
  void refusesAResourceThatIsUnknownOrMalformed(String resource) {
    assertThat(push(good().and("resource", resource)).outcome()).isEqualTo("400 invalid_target");
  }

  @Test
  @Requirement({"OA-11", "SP-5.3.2.1-14"})
  void refusesAResourceOfAnotherClient() {
    TestClient other = server.other();
    Reply reply = other.push(other.authorizationRequest().and("resource", TestServer.REPORTS));
    assertThat(reply.outcome()).isEqualTo("400 invalid_target");
  }

  @Test
  @Requirement({"AT-5", "SP-5.3.2.1-14"})
  void refusesAScopeThatMeansNothingAtTheResource() {
    assertThat(push(good().with("scope", "openid reports")).outcome())
        .isEqualTo("400 invalid_scope");
    assertThat(push(good().and("resource", TestServer.REPORTS)).outcome())
        .isEqualTo("400 invalid_scope");
  }

  @Test
  @Requirement({"OA-5"})
  void refusesAParameterThatIsThereTwice() {
    assertThat(push(good().and("scope", "openid")).outcome()).isEqualTo("400 invalid_request");
    assertThat(push(good().and("state", "some-state")).outcome()).isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"OA-5"})
  void ignoresAParameterThatItDoesNotKnow() {
    assertThat(push(good().and("surprise", "1")).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"SP-5.3.2.2-14"})
  void takesANonceOf64CharactersAndKeepsItWhole() {
    String nonce = "n".repeat(64);
    Reply reply = push(good().with("nonce", nonce));
    assertThat(pushed(reply).request().nonce().orElseThrow().value()).isEqualTo(nonce);
    assertThat(push(good().with("nonce", nonce + "n")).outcome()).isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"SP-5.3.2.2-N4", "IA-2.7-3"})
  void takesALongStateAndKeepsItWhole() {
    String state = "<s>".repeat(333);
    Reply reply = push(good().with("state", state));
    assertThat(pushed(reply).request().state().orElseThrow().value()).isEqualTo(state);
  }

  @Test
  @Requirement({"PAR-4", "OA-3"})
  void refusesAClientThatIsNotRegisteredForTheCodeGrant() {
    TestClient machine = server.machine();
    assertThat(machine.push(machine.authorizationRequest()).outcome())
        .isEqualTo("400 unauthorized_client");
  }

  @Test
  @Requirement({"PAR-15", "SP-5.3.2.1-12", "DP-16"})
  void bindsTheCodeToTheKeyOfAProof() {
    TestClient app = server.app();
    Params request = good().and(app.authenticatedBy(app.assertion()));
    Reply reply = app.post("/par", request, List.of(app.proof("POST", server.url("/par"))));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(pushed(reply).request().dpopJkt()).contains(app.dpopKey().thumbprint());
  }

  @Test
  @Requirement({"PAR-15", "SP-5.3.2.1-12"})
  void bindsTheCodeToTheKeyOfTheParameter() {
    String jkt = server.app().dpopKey().thumbprint().value();
    Reply reply = push(good().and("dpop_jkt", jkt));
    assertThat(pushed(reply).request().dpopJkt().orElseThrow().value()).isEqualTo(jkt);
  }

  @Test
  @Requirement({"PAR-15", "SP-5.3.2.1-12"})
  void refusesAParameterThatNamesAnotherKeyThanTheProof() {
    TestClient app = server.app();
    Params request =
        good()
            .and("dpop_jkt", server.other().dpopKey().thumbprint().value())
            .and(app.authenticatedBy(app.assertion()));
    Reply reply = app.post("/par", request, List.of(app.proof("POST", server.url("/par"))));
    assertThat(reply.outcome()).isEqualTo("400 invalid_dpop_proof");
  }

  @Test
  @Requirement({"PAR-15", "DP-4"})
  void refusesAProofForAnotherEndpoint() {
    TestClient app = server.app();
    Params request = good().and(app.authenticatedBy(app.assertion()));
    Reply reply = app.post("/par", request, List.of(app.proof("POST", server.url("/token"))));
    assertThat(reply.outcome()).isEqualTo("400 invalid_dpop_proof");
  }

  @Test
  @Requirement({"DP-15"})
  void refusesAProofThatWasUsedBefore() {
    TestClient app = server.app();
    String proof = app.proof("POST", server.url("/par"));
    Params first = good().and(app.authenticatedBy(app.assertion()));
    assertThat(app.post("/par", first, List.of(proof)).status()).isEqualTo(201);
    Params second = good().and(app.authenticatedBy(app.assertion()));
    assertThat(app.post("/par", second, List.of(proof)).outcome())
        .isEqualTo("400 invalid_dpop_proof");
    // Nothing was used up with it.
    assertThat(app.post("/par", second, List.of()).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"PAR-7"})
  void neverAnswersWithACodeOfUserInteraction() {
    assertThat(push(good().and("prompt", "none login")).outcome()).isEqualTo("400 invalid_request");
    assertThat(push(good().and("prompt", "none")).status()).isEqualTo(201);
  }
}
