package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.idtoken.IdTokenVerifier;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole way: push, browser, login, consent, code, tokens, userinfo. */
class JourneyTest extends BrowserTest {

  private String code(Params request) {
    Browser browser = browser();
    Params asking = request.with("prompt", "consent");
    return Callback.of(browser.press(browser.loggedIn(browser.start(asking)), "allow")).get("code");
  }

  private Reply redeem(String code) {
    return server.app().token(server.app().codeRequest(code));
  }

  private IdTokenClaims idToken(Reply tokens, String nonce)
      throws InvalidJwkException, InvalidJwtException {
    JwkSet keys = JwkSet.parse(server.get(server.url("/jwks")).json());
    return new IdTokenVerifier(server.jose(), TestServer.ISSUER, server.app().id())
        .verify(
            tokens.string("id_token"),
            keys,
            Optional.of(new Nonce(nonce)),
            Optional.of(new AccessToken(tokens.string("access_token"))),
            server.now())
        .claims();
  }

  @Test
  @Requirement({
    "SP-5.3.2.2-1",
    "SP-5.3.2.2-2",
    "SP-5.3.2.2-5",
    "SP-5.3.2.2-6",
    "SP-5.3.2.2-14",
    "SP-5.3.2.3-1",
    "OA-10",
    "OA-15"
  })
  void aPersonLogsInAndAllowsAndTheClientGetsTheirTokens()
      throws InvalidJwkException, InvalidJwtException {
    String nonce = "n-_.~%+ &=".repeat(7).substring(0, 64);
    Browser browser = browser();
    Shown login = browser.start(request().with("nonce", nonce).with("max_age", "3600"));
    server.pass(Duration.ofSeconds(20));
    Instant authTime = server.now();
    Shown consent = browser.follow(browser.logIn(login, People.BEN, People.BENS_PASSWORD));
    server.pass(Duration.ofSeconds(20));
    String code = Callback.of(browser.press(consent, "allow")).get("code");
    Reply tokens = redeem(code);
    assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    IdTokenClaims claims = idToken(tokens, nonce);
    assertThat(claims.sub()).isEqualTo(People.BENS_SUBJECT);
    assertThat(claims.nonce()).contains(new Nonce(nonce));
    assertThat(claims.authTime()).contains(authTime);
    assertThat(server.app().userinfo(tokens.string("access_token")).string("sub"))
        .isEqualTo(People.BENS_SUBJECT.value());
  }

  @Test
  @Requirement({"SP-5.3.2.1-11", "ATT-06", "A1-21"})
  void aCodeLasts60SecondsFromTheDecision() {
    String good = code(request());
    server.pass(Duration.ofSeconds(59));
    assertThat(redeem(good).status()).isEqualTo(200);
    String late = code(request());
    server.pass(Duration.ofSeconds(60));
    assertThat(redeem(late).outcome()).isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "BCP-4.2", "ATT-05", "A1-19"})
  void aCodeIsGoodOnceAndSentAgainEndsWhatItGave() {
    String code = code(request());
    String token = redeem(code).string("access_token");
    assertThat(server.app().userinfo(token).status()).isEqualTo(200);
    assertThat(redeem(code).outcome()).isEqualTo("400 invalid_grant");
    assertThat(server.app().userinfo(token).status()).isEqualTo(401);
  }

  @Test
  @Requirement({"SP-5.3.2.2-5", "ATT-07", "A1-16", "A1-18"})
  void aCodeIsWorthNothingWithoutItsVerifierOrForAnotherClient() {
    TestClient app = server.app();
    String stolen = code(request());
    Params wrong = app.codeRequest(stolen).with("code_verifier", "w".repeat(43));
    assertThat(app.token(wrong).outcome()).isEqualTo("400 invalid_grant");
    String foreign = code(request());
    Params byOther = server.other().codeRequest(foreign).with("redirect_uri", app.redirectUri());
    assertThat(server.other().token(byOther).outcome()).isEqualTo("400 invalid_grant");
    assertThat(redeem(foreign).status()).isEqualTo(200);
  }
}
