package dev.countersign.cli;

import static dev.countersign.cli.SuiteRun.OPENID;
import static dev.countersign.cli.SuiteRun.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.SuiteServer.Variant;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client with signed requests and responses, against a server as the suite plays it. */
class ConformanceClientSigningTest {
  private static final String REQUESTS = "--signed-requests";
  private static final String RESPONSES = "--response-mode=jwt";

  @TempDir private Path folder;

  private SuiteRun client() {
    try {
      return SuiteRun.in(folder);
    } catch (IOException | CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement({"MS-5.3.2-1", "MS-5.4.2-1", "MS-5.4.2-2"})
  void happyPath(Variant variant) {
    client().comesToItsEnd(variant, suite -> suite.withSigning(true, true), REQUESTS, RESPONSES);
    client().comesToItsEnd(variant, suite -> suite.withSigning(true, false), REQUESTS);
    client().comesToItsEnd(variant, suite -> suite.withSigning(false, true), RESPONSES);
  }

  private void stops(Consumer<SuiteServer> deceives, String rule) {
    client()
        .stops(
            PLAIN,
            suite -> {
              suite.withSigning(false, true);
              deceives.accept(suite);
            },
            rule,
            List.of("openid-configuration", "par", "authorize"),
            RESPONSES);
  }

  @Test
  @Requirement({"JARM-6", "S-05"})
  void invalidOrMissingIss() {
    stops(suite -> suite.authorizationResponse.put("iss", suite.issuer.value() + "1"), "JARM-6");
    stops(suite -> suite.authorizationResponse.put("iss", ""), "JARM-6");
  }

  @Test
  @Requirement({"JARM-6", "S-05"})
  void invalidOrMissingAud() {
    stops(suite -> suite.authorizationResponse.put("aud", "client-11"), "JARM-6");
    stops(suite -> suite.authorizationResponse.put("aud", ""), "JARM-6");
  }

  @Test
  @Requirement({"JARM-6", "S-05"})
  void expiredOrMissingExp() {
    long past = Instant.now().getEpochSecond() - 300;
    stops(suite -> suite.authorizationResponse.put("exp", past), "JARM-6");
    stops(suite -> suite.authorizationResponse.put("exp", ""), "JARM-6");
  }

  @Test
  @Requirement({"JARM-6", "S-05", "SP-5.4.1-1.3"})
  void invalidSignatureAndNone() {
    stops(
        suite ->
            suite.signing.resigned =
                jwt -> jwt.substring(0, jwt.lastIndexOf('.') + 1) + "A".repeat(342),
        "(");
    stops(
        suite -> suite.signing.resigned = jwt -> SuiteServer.withHeader(jwt, "{\"alg\":\"none\"}"),
        "(SP-5.4.1-1.3)");
  }

  @Test
  @Requirement("JARM-8")
  void stopsAtAServerThatSignsNothing() {
    client()
        .stops(
            OPENID,
            _ -> {},
            "response_modes_supported",
            List.of("openid-configuration"),
            RESPONSES);
  }

  @Test
  void refusesAModeThatNoRedirectBringsInItsQuery() {
    SuiteRun client = client();
    try (SuiteServer suite = client.suite(OPENID)) {
      Ran ran = client.run(suite, OPENID, "--response-mode=form_post.jwt");
      assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains("query, jwt or query.jwt");
      assertThat(suite.called()).isEmpty();
    }
  }
}
