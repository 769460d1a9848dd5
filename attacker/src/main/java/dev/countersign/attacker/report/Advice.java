package dev.countersign.attacker.report;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Result;
import java.util.Optional;

/**
 * What somebody learns from a result that is not secure.
 *
 * @param means what it means
 * @param change what to change, or to do
 */
public record Advice(String means, String change) {

  /** That of a result; none if it is secure or was not run. */
  public static Optional<Advice> of(Result result) {
    About about = result.about();
    return switch (result.verdict()) {
      case VULNERABLE -> Optional.of(new Advice(about.means(), about.change()));
      case INCONCLUSIVE ->
          Optional.of(
              new Advice(
                  "Not known. If the attack succeeds: " + about.means(),
                  "Let what is right succeed, then run it again with --only "
                      + about.id()
                      + ". What stops it: "
                      + about.change()));
      case SECURE_BUT_ODD_CODE ->
          Optional.of(
              new Advice(
                  "Nobody is harmed by this alone: it was refused otherwise than the rule says, or"
                      + " what would limit a loss is missing.",
                  "Compare what was found with the rule. The whole defence: " + about.change()));
      case RESIDUAL ->
          Optional.of(
              new Advice(about.means() + " The specification accepts that.", about.change()));
      case SECURE, NOT_RUN -> Optional.empty();
    };
  }
}
