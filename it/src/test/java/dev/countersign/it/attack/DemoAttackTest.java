package dev.countersign.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.HtmlReport;
import dev.countersign.attacker.report.JsonReport;
import dev.countersign.attacker.report.JunitReport;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The attack on a deployment of ours as the command makes it, with all that takes long. */
@Tag("full")
class DemoAttackTest {
  /** A JWS with its signature, whatever stands around it. */
  private static final Pattern WHOLE_JWT =
      Pattern.compile("e[yw3][\\w-]{8,}+\\.[\\w-]*+\\.[\\w-]{20,}+");

  /** An HTTP message signature with its label (RFC 9421 section 4.2). */
  private static final Pattern HTTP_SIGNATURE = Pattern.compile("sig\\w*+=:[\\w+/]{20,}+");

  /** A value of 96 bits or more behind a secret's name, in a form, in JSON or in a page of it. */
  private static final Pattern NAMED_SECRET =
      Pattern.compile(
          "(?<![A-Za-z])(?:code|code_verifier|(?:access_|refresh_|id_|registration_access_)?token"
              + "|client_secret|password|request_uri|d|DPoP|Bearer)(?:[=:"
              + " \"'\\\\]|&quot;|&#34;|&#39;|%3D|%22|%3A)++(?!%7B|%5B)[\\w.~+/:%-]{16,}+(?!=)");

  private static Demonstration demonstration;

  @BeforeAll
  static void attack() throws IOException {
    demonstration = Demonstration.attacked();
  }

  @Test
  void nothingIsVulnerable() {
    assertThat(demonstration.of(Verdict.VULNERABLE)).isEmpty();
  }

  /** Whether times differ cannot be told on a machine that others use, too. */
  @Test
  void nothingButTimeIsInconclusive() {
    Map<String, String> unknown = demonstration.of(Verdict.INCONCLUSIVE);
    unknown.remove("J-20");
    assertThat(unknown).isEmpty();
  }

  /** Times again: nor how long the answer to something large may take there. */
  @Test
  void everyRefusalIsTheOneThatTheSpecificationNames() {
    Map<String, String> odd = demonstration.of(Verdict.SECURE_BUT_ODD_CODE);
    odd.remove("J-20");
    odd.remove("J-17");
    assertThat(odd).isEmpty();
  }

  @Test
  @Requirement({
    "A1-06", "A1-21", "ATT-06", "A1-01", "A1-02", "A1-03", "A1-04", "A1-05", "A1-07", "A1-08",
    "A1-09", "A1-10", "A1-11", "A1-12", "A1-13", "A1-14", "A1-15", "A1-16", "A1-17", "A1-18",
    "A1-19", "A1-20", "A1-22", "A1-23", "A1-24", "A1-25", "A1-26", "A1-27", "A1-28", "A1-29",
    "A1-30", "A1-31", "A1-33", "A1-34", "A1-35", "A1-36", "A1-37", "A1-38", "A1-39", "A1-40",
    "A1-41", "A1-42", "A1-43", "A1-45", "A1-46", "A1-47", "A1-48", "A2-01", "A2-02", "A2-03",
    "A2-04", "A2-05", "A2-06", "A2-07", "A3-01", "A3-03", "A3-04", "A5-01", "A5-02", "A5-03",
    "A5-04", "A5-05", "A5-06", "A5-07", "A5-08", "A5-09", "A5-10", "A7-01", "A7-02", "A7-03",
    "A7-04", "A7-05", "A7-06", "A7-07", "A7-08", "A7-09", "A7-11", "A7-12", "A7-13", "A7-15",
    "A7-16", "ATT-01", "ATT-02", "ATT-03", "ATT-04", "ATT-05", "ATT-07", "ATT-08", "ATT-09",
    "ATT-12", "ATT-13", "ATT-14", "ATT-15", "ATT-16", "ATT-17", "ATT-18", "ATT-19", "ATT-20",
    "ATT-21", "ATT-22", "ATT-23", "ATT-24", "ATT-30", "ATT-31", "ATT-32", "ATT-33", "ATT-34",
    "ATT-35", "ATT-36", "ATT-37", "ATT-38", "ATT-39", "ATT-40", "ATT-41", "ATT-42", "ATT-43",
    "ATT-44", "ATT-45", "ATT-46", "ATT-47", "ATT-48", "ATT-50", "ATT-51", "ATT-52", "ATT-53",
    "ATT-54", "ATT-55", "ATT-56", "ATT-60", "ATT-61", "ATT-62", "ATT-63", "ATT-64", "ATT-65",
    "ATT-66", "ATT-80", "ATT-81", "ATT-82", "ATT-83", "ATT-84", "ATT-86", "J-01", "J-02", "J-03",
    "J-04", "J-05", "J-06", "J-07", "J-08", "J-09", "J-10", "J-11", "J-12", "J-13", "J-14", "J-15",
    "J-16", "J-18", "J-19", "S-01", "S-02", "S-03", "S-04", "S-05", "S-06", "S-07", "S-08", "S-09",
    "S-10", "S-11", "S-12", "S-13"
  })
  void theseAttacksAreRefused() {
    assertThat(Demonstration.named(DemoAttackTest.class, "theseAttacksAreRefused"))
        .allSatisfy(id -> assertThat(demonstration.verdicts(id)).as(id).contains(Verdict.SECURE))
        .allSatisfy(
            id ->
                assertThat(demonstration.verdicts(id))
                    .as(id)
                    .isSubsetOf(Verdict.SECURE, Verdict.NOT_RUN));
  }

  @Test
  @Requirement({"A1-32", "A3-02", "A7-10", "ATT-10", "ATT-11", "ATT-49", "ATT-67", "ATT-85"})
  void theSpecificationAcceptsTheseAlone() {
    assertThat(Demonstration.named(DemoAttackTest.class, "theSpecificationAcceptsTheseAlone"))
        .allSatisfy(id -> assertThat(demonstration.verdicts(id)).as(id).contains(Verdict.RESIDUAL))
        .containsAll(demonstration.of(Verdict.RESIDUAL).keySet());
  }

  @Test
  @Requirement({"J-17", "J-20"})
  void whatIsMeasuredIsNotVulnerable() {
    assertThat(Demonstration.named(DemoAttackTest.class, "whatIsMeasuredIsNotVulnerable"))
        .allSatisfy(
            id ->
                assertThat(demonstration.verdicts(id))
                    .as(id)
                    .isNotEmpty()
                    .doesNotContain(Verdict.VULNERABLE, Verdict.NOT_RUN));
  }

  @Test
  void noReportHoldsASecretThatSomebodyCouldUse() throws Exception {
    for (String report :
        List.of(
            HtmlReport.of(demonstration.findings()),
            JsonReport.of(demonstration.findings()),
            JunitReport.of(demonstration.findings()))) {
      assertThat(found(WHOLE_JWT, report)).isEmpty();
      assertThat(found(HTTP_SIGNATURE, report)).isEmpty();
      assertThat(found(NAMED_SECRET, report)).isEmpty();
      demonstration
          .target()
          .users()
          .forEach(user -> assertThat(report).doesNotContain(user.fill().get("password")));
      for (TestClient client : demonstration.target().clients()) {
        Optional<SigningKey> key = client.key();
        if (key.isPresent()) {
          assertThat(report).doesNotContain(key.get().toPrivateJwk().string("d").orElseThrow());
        }
      }
    }
  }

  private static List<String> found(Pattern pattern, String report) {
    return pattern.matcher(report).results().map(MatchResult::group).distinct().limit(50).toList();
  }

  @Test
  void whatIsLookedForInReportsIsWhatSecretsLookLike() {
    assertThat(found(WHOLE_JWT, "a eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJlLW9mLWEtand0 b"))
        .hasSize(1);
    assertThat(found(HTTP_SIGNATURE, "Signature: sig1=:NN2VM8y+MO/g9P1VvbHd5Nba8nu3:")).hasSize(1);
    assertThat(found(NAMED_SECRET, "&code=0123456789abcdef")).hasSize(1);
    assertThat(found(NAMED_SECRET, "{\"code\":\"0123456789abcdef\"}")).hasSize(1);
    assertThat(found(NAMED_SECRET, "{\\\"code\\\": \\\"0123456789abcdef\\\"}")).hasSize(1);
    assertThat(found(NAMED_SECRET, "{&#34;code&#34;:&#34;0123456789abcdef&#34;}")).hasSize(1);
    assertThat(found(NAMED_SECRET, "&code=0123… (16 characters)")).isEmpty();
  }
}
