package dev.countersign.attacker.report;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Step;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.wire.Exchange;
import dev.countersign.attacker.wire.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run in which every verdict came up, against a server that means to deceive whoever reads it.
 */
final class SampleFindings {
  static final String ISSUER = "https://as.example.com";

  /** Markup, a line of its own, a colour, and text turned around. */
  static final String HOSTILE =
      "<script>alert(1)</script>\n[9/9] A9-99 all-is-well SECURE \u001b[32m \u202e\u0000 ]]>&\"'";

  static final About CODE =
      About.of("A1-19", "code-replay")
          .also("ATT-05")
          .by(Attacker.A1, Attacker.A1A)
          .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
          .needs(Need.CLIENT, Need.USER)
          .stoppedBy("SP-5.3.2.2-9", "a code is redeemed once")
          .means("A code that leaked after its use still gives tokens.")
          .change("Take a code once, in one atomic step.");

  private SampleFindings() {}

  static Findings all() {
    return new Findings(
        ISSUER,
        Instant.parse("2026-05-01T09:30:00Z"),
        Duration.ofMillis(83_450),
        1234,
        List.of(
            secure(),
            vulnerable(),
            odd(),
            residual(),
            inconclusive(),
            notRun("ATT-70", "needs a listener"),
            notRun("ATT-71", "needs a listener"),
            notRun("A7-14", "needs a look at logs")));
  }

  /** The same of a run that was interrupted. */
  static Findings interrupted(Findings findings) {
    return new Findings(
        findings.issuer(),
        findings.began(),
        findings.took(),
        findings.requests(),
        findings.results(),
        Optional.of(new Findings.EarlyEnd("Interrupted", 6, 131)));
  }

  /** The same without those that ended so. */
  static Findings without(Verdict... verdicts) {
    Findings all = all();
    List<Verdict> gone = List.of(verdicts);
    return new Findings(
        all.issuer(),
        all.began(),
        all.took(),
        all.requests(),
        all.results().stream().filter(one -> !gone.contains(one.verdict())).toList());
  }

  static Result secure() {
    return new Result(
        about("A1-02", "par-unauth", Attacker.A1, Goal.AUTHORIZATION),
        Verdict.SECURE,
        "nobody is let in: answered 401 invalid_client",
        List.of(
            twin(), attack("nobody is let in", Verdict.SECURE, "answered 401", "SP-5.3.2.2-4")));
  }

  static Result vulnerable() {
    return new Result(
        CODE,
        Verdict.VULNERABLE,
        "the same code again: answered 200 " + HOSTILE,
        List.of(
            twin(),
            attack("the same code again", Verdict.VULNERABLE, "answered 200 " + HOSTILE, "SP-1"),
            attack("the token is dead", Verdict.SECURE_BUT_ODD_CODE, "it is not", "SP-2")));
  }

  static Result odd() {
    return new Result(
        about("J-11", "jti-replay", Attacker.A5, Goal.NON_REPUDIATION),
        Verdict.SECURE_BUT_ODD_CODE,
        "the same assertion: answered 400 invalid_request",
        List.of(
            twin(),
            attack(
                "the same assertion",
                Verdict.SECURE_BUT_ODD_CODE,
                "answered 400 invalid_request",
                "CA-3")));
  }

  static Result residual() {
    return new Result(
        about("A5-02", "proof-replay", Attacker.A5, Goal.AUTHORIZATION),
        Verdict.RESIDUAL,
        "a proof within its time: taken",
        List.of(
            twin(),
            attack(
                "a proof within its time",
                Verdict.RESIDUAL,
                "taken once more",
                "AM-7.7 section 2")));
  }

  static Result inconclusive() {
    return new Result(
        about("A3-01", "request-leak", Attacker.A3A, Goal.AUTHENTICATION),
        Verdict.INCONCLUSIVE,
        "what is right failed: a person agrees: answered 500",
        List.of());
  }

  static Result notRun(String id, String reason) {
    return new Result(
        about(id, "not-run-" + id, Attacker.A2, Goal.BEYOND), Verdict.NOT_RUN, reason, List.of());
  }

  private static About about(String id, String name, Attacker attacker, Goal goal) {
    return About.of(id, name)
        .by(attacker)
        .endangers(goal)
        .stoppedBy("SP-5.3", "the defence of " + name)
        .means("The meaning of " + name + ".")
        .change("The change for " + name + ".");
  }

  private static Step twin() {
    return new Step(
        Step.Kind.TWIN, "a person agrees", Verdict.SECURE, "succeeded", "", List.of(exchange()));
  }

  private static Step attack(String what, Verdict verdict, String found, String rule) {
    return new Step(Step.Kind.ATTACK, what, verdict, found, rule, List.of(exchange()));
  }

  private static Exchange exchange() {
    return new Exchange(
        Move.ATTACKER_TOKEN_REQUEST,
        "POST https://as.example.com/token",
        List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded")),
        "grant_type=authorization_code&code=abcd… (43 characters)",
        "HTTP/1.1 400 Bad Request",
        List.of(Map.entry("X-Says", HOSTILE)),
        "{\"error\":\"invalid_grant\",\"error_description\":\"" + HOSTILE + "\"}");
  }
}
