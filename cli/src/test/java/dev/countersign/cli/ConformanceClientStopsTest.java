package dev.countersign.cli;

import static dev.countersign.cli.SuiteRun.OPENID;
import static dev.countersign.cli.SuiteRun.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.SuiteServer.Variant;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules of the OpenID Foundation's plan for clients in which the client must stop. */
class ConformanceClientStopsTest {
  private static final String[] PUSHED = {"openid-configuration", "par"};
  private static final String[] AUTHORIZED = {"openid-configuration", "par", "authorize"};

  @TempDir private Path folder;

  private SuiteRun client() {
    return SuiteRun.in(folder);
  }

  private void stopsAtTheIdToken(Consumer<SuiteServer> module) {
    client().stops(OPENID, module, "(OA-10)", "openid-configuration", "par", "authorize", "token");
  }

  @Test
  @Requirement("SP-5.3.3.1-11")
  void discoveryIssuerMismatch() {
    client()
        .stops(
            PLAIN,
            suite -> suite.metadata.put("issuer", suite.issuer.value() + "invalid"),
            "SP-5.3.3.1-11",
            "openid-configuration");
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8"})
  void invalidAuthorizationResponseIss() {
    client()
        .stops(
            PLAIN,
            suite -> suite.authorizationResponse.put("iss", suite.issuer.value() + "invalid"),
            "(SP-5.3.3.2-5)",
            AUTHORIZED);
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8"})
  void removeAuthorizationResponseIss() {
    client()
        .stops(PLAIN, suite -> suite.authorizationResponse.put("iss", ""), "(OA-8)", AUTHORIZED);
  }

  @Test
  @Requirement("SP-5.3.3.2-4")
  void ensureAuthorizationResponseWithInvalidStateFails() {
    client()
        .stops(
            PLAIN,
            suite -> suite.authorizationResponse.put("state", "another"),
            "(SP-5.3.3.2-4)",
            AUTHORIZED);
  }

  @Test
  @Requirement("BCP-2.1-2")
  void ensureAuthorizationResponseWithInvalidMissingStateFails() {
    client()
        .stops(
            PLAIN,
            suite -> suite.authorizationResponse.put("state", ""),
            "(BCP-2.1-2)",
            AUTHORIZED);
  }

  @Test
  void invalidIss() {
    stopsAtTheIdToken(suite -> suite.idToken.put("iss", suite.issuer.value() + "1"));
  }

  @Test
  void invalidMissingIss() {
    stopsAtTheIdToken(suite -> suite.idToken.put("iss", ""));
  }

  @Test
  void invalidAud() {
    stopsAtTheIdToken(suite -> suite.idToken.put("aud", "client-11"));
  }

  @Test
  void invalidMissingAud() {
    stopsAtTheIdToken(suite -> suite.idToken.put("aud", ""));
  }

  @Test
  void invalidSecondaryAud() {
    stopsAtTheIdToken(suite -> suite.idToken.put("aud", List.of("client-1", "another")));
  }

  @Test
  void invalidExpiredExp() {
    long past = Instant.now().getEpochSecond() - 300;
    stopsAtTheIdToken(
        suite -> {
          suite.idToken.put("iat", past - 300);
          suite.idToken.put("exp", past);
        });
  }

  @Test
  void invalidMissingExp() {
    stopsAtTheIdToken(suite -> suite.idToken.put("exp", ""));
  }

  @Test
  void invalidNonce() {
    stopsAtTheIdToken(suite -> suite.idToken.put("nonce", "another"));
  }

  @Test
  void invalidMissingNonce() {
    stopsAtTheIdToken(suite -> suite.idToken.put("nonce", ""));
  }

  @Test
  @Requirement("SP-5.4.1-1.3")
  void invalidNullAlg() {
    client()
        .stops(
            OPENID,
            suite -> suite.resigned = jws -> SuiteServer.withHeader(jws, "{\"alg\":\"none\"}"),
            "(SP-5.4.1-1.3)",
            "openid-configuration",
            "par",
            "authorize",
            "token");
  }

  @Test
  @Requirement("SP-5.4.1-1.2")
  void invalidAlternateAlg() {
    client()
        .stops(
            OPENID,
            suite ->
                suite.resigned =
                    jws -> SuiteServer.withHeader(jws, "{\"alg\":\"RS256\"}") + "c2lnbmF0dXJl",
            "(SP-5.4.1-1.2)",
            "openid-configuration",
            "par",
            "authorize",
            "token");
  }

  @Test
  @Requirement({"DP-7", "MT-5"})
  void stopsAtATokenOfAnotherType() {
    String[] called = {"openid-configuration", "par", "authorize", "token"};
    client()
        .stops(PLAIN, suite -> suite.tokenResponse.put("token_type", "Bearer"), "(DP-7)", called);
    client()
        .stops(
            new Variant(true, true, false),
            suite -> suite.tokenResponse.put("token_type", "DPoP"),
            "(MT-5)",
            called);
  }

  @Test
  @Requirement("OA-12")
  void stopsAtUserinfoAboutSomebodyElse() {
    try (SuiteServer suite = client().suite(OPENID)) {
      suite.aboutSomebodyElse = true;
      Ran ran = client().run(suite, OPENID);
      assertThat(ran.exitCode()).isEqualTo(3);
      assertThat(ran.out()).contains("stopped: userinfo is about another person (OA-12)");
      assertThat(suite.called()).doesNotContain("accounts");
    }
  }

  @Test
  void stopsAtAPushedRequestThatIsAnsweredWrongly() {
    try (SuiteServer suite = client().suite(PLAIN)) {
      suite.plain.on(SuiteServer.PAR, r -> Reply.text(201, "{\"request_uri\":\"\"}"));
      Ran ran = client().run(suite, PLAIN);
      assertThat(ran.exitCode()).isEqualTo(3);
      assertThat(ran.out()).contains("(PAR-5)");
      assertThat(suite.called().stream().distinct()).containsExactly(PUSHED);
    }
  }
}
