package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.idtoken.IdTokenVerifier;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationCodeGrantTest extends EndpointTest {

  private JwkSet keys() {
    try {
      return JwkSet.parse(server.get(server.url("/jwks")).json());
    } catch (InvalidJwkException e) {
      throw new AssertionError(e);
    }
  }

  private AccessTokenClaims claims(Reply reply, String audience) {
    return new AccessTokenVerifier(server.jose(), TestServer.ISSUER, audience)
        .verify(new AccessToken(reply.string("access_token")), keys(), server.now())
        .claims();
  }

  @Test
  @Requirement({"OA-4", "DP-5", "OA-6", "PKCE-V"})
  void answersWithBoundTokensThatNobodyMayCache() throws MalformedJsonException {
    Reply reply = server.app().tokens();
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.header("Pragma")).contains("no-cache");
    assertThat(reply.string("token_type")).isEqualTo("DPoP");
    assertThat(reply.json().integer("expires_in")).contains(300L);
    assertThat(reply.string("scope")).isEqualTo("openid profile accounts");
    assertThat(reply.json().has("refresh_token")).isTrue();
  }

  @Test
  @Requirement({"AT-1", "AT-2", "AT-3", "DP-9", "SP-5.3.2.1-4", "SP-5.3.2.1-5", "SP-5.3.2.1-14"})
  void bindsTheAccessTokenToTheKeyOfTheProofAndToTheDefaultResource() {
    AccessTokenClaims claims = claims(server.app().tokens(), TestServer.API);
    assertThat(claims.cnf())
        .isEqualTo(new Confirmation.DpopKey(server.app().dpopKey().thumbprint()));
    assertThat(claims.aud()).containsExactly(TestServer.API, server.url("/userinfo").toString());
    assertThat(claims.sub()).isEqualTo(TestServer.ANNA);
    assertThat(claims.clientId()).isEqualTo(server.app().id());
    assertThat(claims.exp()).isEqualTo(claims.iat().plusSeconds(300));
    assertThat(claims.authTime()).contains(server.now().minusSeconds(30));
  }

  @Test
  @Requirement({"SP-5.3.2.3-1", "OA-10", "OA-15", "SP-5.4.1-1.2"})
  void givesAnIdTokenThatNamesThePersonTheNonceAndTheAccessToken() throws InvalidJwtException {
    Reply reply = server.app().tokens();
    IdTokenClaims claims =
        new IdTokenVerifier(server.jose(), TestServer.ISSUER, server.app().id())
            .verify(
                reply.string("id_token"),
                keys(),
                Optional.of(new Nonce("some-nonce")),
                Optional.of(new AccessToken(reply.string("access_token"))),
                server.now())
            .claims();
    assertThat(claims.sub()).isEqualTo(TestServer.ANNA);
    assertThat(claims.atHash()).isPresent();
    assertThat(claims.authTime()).contains(server.now().minusSeconds(30));
  }

  @Test
  void givesARefreshTokenWithoutOpenIdAndNoIdToken() {
    TestClient app = server.app();
    String code = app.code(app.authorizationRequest().with("scope", "accounts"));
    Reply reply = app.token(app.codeRequest(code));
    assertThat(reply.json().has("refresh_token")).isTrue();
    assertThat(reply.json().has("id_token")).isFalse();
    assertThat(claims(reply, TestServer.API).aud()).containsExactly(TestServer.API);
  }

  @Test
  void givesNoRefreshTokenToAClientThatIsNotRegisteredForIt() {
    Reply reply = server.other().tokens();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().has("refresh_token")).isFalse();
  }

  @Test
  @Requirement({"SP-5.4.1-4"})
  void givesRefreshTokensOfMoreThan128RandomBits() {
    String one = server.app().tokens().string("refresh_token");
    assertThat(one).hasSizeGreaterThanOrEqualTo(43);
    assertThat(one).isNotEqualTo(server.app().tokens().string("refresh_token"));
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "SP-6.8-4", "SP-5.3.4-3"})
  void refusesACodeThatWasUsedBeforeAndEndsItsTokensAtOnce() {
    TestClient app = server.app();
    String code = app.code();
    Reply first = app.token(app.codeRequest(code));
    assertThat(app.userinfo(first.string("access_token")).status()).isEqualTo(200);

    assertThat(app.token(app.codeRequest(code)).outcome()).isEqualTo("400 invalid_grant");
    assertThat(server.logged("rule")).contains("SP-5.3.2.2-9");

    Reply userinfo = app.userinfo(first.string("access_token"));
    assertThat(userinfo.status()).isEqualTo(401);
    assertThat(userinfo.challenge().attribute("error")).contains("invalid_token");
    assertThat(app.token(app.refreshRequest(first.string("refresh_token"))).outcome())
        .isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void anotherClientThatFindsAUsedCodeEndsNothing() {
    TestClient app = server.app();
    String code = app.code();
    Reply first = app.token(app.codeRequest(code));
    Params foreign = server.other().codeRequest(code).with("redirect_uri", app.redirectUri());
    assertThat(server.other().token(foreign).outcome()).isEqualTo("400 invalid_grant");
    assertThat(app.userinfo(first.string("access_token")).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void aUsedCodeWithAWrongVerifierEndsNothing() {
    TestClient app = server.app();
    String code = app.code();
    Reply first = app.token(app.codeRequest(code));
    Params wrong = app.codeRequest(code).with("code_verifier", "w".repeat(43));
    assertThat(app.token(wrong).outcome()).isEqualTo("400 invalid_grant");
    assertThat(app.userinfo(first.string("access_token")).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.2.1-11"})
  void takesACodeFor59SecondsAndRefusesItAfter60() {
    TestClient app = server.app();
    String early = app.code();
    server.pass(Duration.ofSeconds(59));
    assertThat(app.token(app.codeRequest(early)).status()).isEqualTo(200);

    String late = app.code();
    server.pass(Duration.ofSeconds(60));
    assertThat(app.token(app.codeRequest(late)).outcome()).isEqualTo("400 invalid_grant");
    assertThat(server.logged("rule")).contains("SP-5.3.2.1-11");
  }

  @Test
  @Requirement({"SP-5.3.2.2-5", "PKCE-3", "BCP-2.1.1-1"})
  void refusesAWrongVerifierAndLeavesTheCodeUsable() {
    TestClient app = server.app();
    String code = app.code();
    for (String wrong :
        List.of("w".repeat(43), TestClient.CHALLENGE, TestClient.VERIFIER + "x", "short")) {
      assertThat(app.token(app.codeRequest(code).with("code_verifier", wrong)).outcome())
          .isEqualTo("400 invalid_grant");
    }
    assertThat(app.token(app.codeRequest(code).without("code_verifier")).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(app.token(app.codeRequest(code)).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"OA-6"})
  void refusesAnotherRedirectUri() {
    TestClient app = server.app();
    String code = app.code();
    Params other = app.codeRequest(code).with("redirect_uri", "http://127.0.0.1/callback");
    assertThat(app.token(other).outcome()).isEqualTo("400 invalid_grant");
    assertThat(app.token(app.codeRequest(code).without("redirect_uri")).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(app.token(app.codeRequest(code)).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"OA-6"})
  void refusesTheCodeOfAnotherClientAndLeavesItUsable() {
    TestClient app = server.app();
    String code = app.code();
    Params foreign = server.other().codeRequest(code).with("redirect_uri", app.redirectUri());
    assertThat(server.other().token(foreign).outcome()).isEqualTo("400 invalid_grant");
    assertThat(app.token(app.codeRequest(code)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "a b"})
  @Requirement({"OA-6"})
  void refusesACodeThatItNeverGave(String code) {
    TestClient app = server.app();
    assertThat(app.token(app.codeRequest(code)).outcome()).isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"SP-5.3.2.1-12", "DP-16"})
  void refusesAnotherKeyForACodeThatIsBoundAndLeavesItUsable() {
    TestClient app = server.app();
    String jkt = app.dpopKey().thumbprint().value();
    String code = app.code(app.authorizationRequest().and("dpop_jkt", jkt));
    String foreign =
        app.proof(
            "POST", server.url("/token"), server.other().dpopKey(), Optional.of(server.nonce()));
    assertThat(app.token(app.codeRequest(code), foreign).outcome())
        .isEqualTo("400 invalid_dpop_proof");
    assertThat(server.logged("rule")).contains("DP-16");
    assertThat(app.token(app.codeRequest(code)).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.2.1-12", "PAR-15", "DP-16"})
  void aProofWithThePushedRequestBindsTheCodeToItsKey() {
    TestClient app = server.app();
    Params request = app.authorizationRequest().and(app.authenticatedBy(app.assertion()));
    Reply pushed = app.post("/par", request, List.of(app.proof("POST", server.url("/par"))));
    String code = server.approve(pushed.string("request_uri")).reveal();
    String foreign =
        app.proof(
            "POST", server.url("/token"), server.other().dpopKey(), Optional.of(server.nonce()));
    assertThat(app.token(app.codeRequest(code), foreign).outcome())
        .isEqualTo("400 invalid_dpop_proof");
    assertThat(server.logged("rule")).contains("DP-16");
    assertThat(app.token(app.codeRequest(code)).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"OA-11", "AT-6", "SP-5.3.2.1-14"})
  void narrowsToOneOfTheGrantedResourcesAndItsScope() {
    TestClient app = server.app();
    Params both =
        app.authorizationRequest()
            .with("scope", "accounts reports")
            .and("resource", TestServer.API)
            .and("resource", TestServer.REPORTS);
    Reply reply = app.token(app.codeRequest(app.code(both)).and("resource", TestServer.REPORTS));
    assertThat(claims(reply, TestServer.REPORTS).aud()).containsExactly(TestServer.REPORTS);
    assertThat(reply.string("scope")).isEqualTo("reports");
  }

  @Test
  @Requirement({"OA-11"})
  void refusesAResourceThatWasNotGranted() {
    TestClient app = server.app();
    String code = app.code();
    Params more = app.codeRequest(code).and("resource", TestServer.REPORTS);
    assertThat(app.token(more).outcome()).isEqualTo("400 invalid_target");
    assertThat(app.token(app.codeRequest(code)).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void ofManyThatRaceWithOneCodeOneWins() throws InterruptedException, ExecutionException {
    TestClient app = server.app();
    String code = app.code();
    List<Future<Reply>> replies = new ArrayList<>();
    try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        replies.add(racers.submit(() -> app.token(app.codeRequest(code))));
      }
    }
    List<String> outcomes = new ArrayList<>();
    for (Future<Reply> reply : replies) {
      outcomes.add(reply.get().outcome());
    }
    assertThat(outcomes.stream().filter("200"::equals)).hasSize(1);
    assertThat(outcomes.stream().filter("400 invalid_grant"::equals)).hasSize(15);
  }
}
