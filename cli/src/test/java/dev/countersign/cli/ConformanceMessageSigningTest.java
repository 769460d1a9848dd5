package dev.countersign.cli;

import static dev.countersign.cli.SuiteRun.OPENID;
import static dev.countersign.cli.SuiteRun.PLAIN;

import dev.countersign.cli.SuiteServer.Variant;
import dev.countersign.requirement.Requirement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The modules of the OpenID Foundation's plan of Message Signing for clients. */
class ConformanceMessageSigningTest {
  private static final String[] AUTHORIZED = {"openid-configuration", "par", "authorize"};
  private static final List<String> BOTH = List.of("--signed-requests", "--signed-responses");

  @TempDir private Path folder;

  private SuiteRun client() {
    return SuiteRun.in(folder);
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement({"MS-5.3.2-1", "MS-5.4.2-1", "MS-5.4.2-2"})
  void happyPath(Variant variant) {
    client()
        .comesToItsEnd(
            variant, suite -> suite.signed(true, true), "--signed-requests", "--signed-responses");
  }

  @Test
  @Requirement("MS-5.3.2-1")
  void happyPathWithSignedRequestsAlone() {
    client().comesToItsEnd(OPENID, suite -> suite.signed(true, false), "--signed-requests");
  }

  @Test
  @Requirement({"MS-5.4.2-1", "MS-5.4.2-2"})
  void happyPathWithSignedResponsesAlone() {
    client().comesToItsEnd(PLAIN, suite -> suite.signed(false, true), "--signed-responses");
  }

  private void stopsAtTheResponse(Consumer<SuiteServer> module, String rule) {
    client()
        .stops(
            OPENID,
            suite -> {
              suite.signed(true, true);
              module.accept(suite);
            },
            BOTH,
            rule,
            AUTHORIZED);
  }

  @Test
  @Requirement("JARM-6")
  void ensureJarmWithoutIssFails() {
    stopsAtTheResponse(suite -> suite.signing.response.put("iss", ""), "(JARM-6)");
  }

  @Test
  @Requirement("JARM-6")
  void ensureJarmWithInvalidIssFails() {
    stopsAtTheResponse(
        suite -> suite.signing.response.put("iss", suite.issuer.value() + "invalid"), "(JARM-6)");
  }

  @Test
  @Requirement("JARM-6")
  void ensureJarmWithoutAudFails() {
    stopsAtTheResponse(suite -> suite.signing.response.put("aud", ""), "(JARM-6)");
  }

  @Test
  @Requirement("JARM-6")
  void ensureJarmWithInvalidAudFails() {
    stopsAtTheResponse(suite -> suite.signing.response.put("aud", "another"), "(JARM-6)");
  }

  @Test
  @Requirement("JARM-6")
  void ensureJarmWithoutExpFails() {
    stopsAtTheResponse(suite -> suite.signing.response.put("exp", ""), "(JARM-6)");
  }

  @Test
  @Requirement("JARM-6")
  void ensureJarmWithExpiredExpFails() {
    stopsAtTheResponse(
        suite -> suite.signing.response.put("exp", Instant.now().getEpochSecond() - 300),
        "(JARM-6)");
  }

  @Test
  @Requirement("JARM-6")
  void ensureJarmWithInvalidSigFails() {
    stopsAtTheResponse(
        suite ->
            suite.signing.resigned =
                jwt -> {
                  int last = jwt.lastIndexOf('.') + 10;
                  char other = jwt.charAt(last) == 'A' ? 'B' : 'A';
                  return jwt.substring(0, last) + other + jwt.substring(last + 1);
                },
        "(SP-5.4.1-1.1)");
  }

  @Test
  @Requirement({"JARM-6", "SP-5.4.1-1.3"})
  void ensureJarmSignatureAlgIsNotNone() {
    stopsAtTheResponse(
        suite -> suite.signing.resigned = jwt -> SuiteServer.withHeader(jwt, "{\"alg\":\"none\"}"),
        "(SP-5.4.1-1.3)");
  }

  @Test
  @Requirement("MS-5.4.2-2")
  void aPlainResponseIsNoAnswerToAClientThatWantsItSigned() {
    client()
        .stops(
            OPENID,
            suite -> suite.metadata.put("response_modes_supported", List.of("query", "jwt")),
            List.of("--signed-responses"),
            "(MS-5.4.2-2)",
            AUTHORIZED);
  }
}
