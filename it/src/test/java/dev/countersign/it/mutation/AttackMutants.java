package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;
import java.util.stream.Stream;

/**
 * Mistakes that the attacker has to find in a running deployment: each is named by the recipes that
 * must come out vulnerable.
 */
final class AttackMutants {
  private static final List<SeededMutant> PAGES =
      List.of(
          in(
              "server",
              "server.browser.Pages",
              "frame-ancestors\"\n          + \" 'none'",
              "frame-ancestors\"\n          + \" *",
              "A1-36"),
          in(
              "server",
              "server.refusal.AlwaysHeaders",
              ".with(\"X-Frame-Options\", \"DENY\")",
              ".with(\"X-Frame-Options\", \"DENY\").with(\"Access-Control-Allow-Origin\", \"*\")",
              "A1-39"),
          in(
              "server",
              "server.interaction.Gate",
              "return sent.filter(own.formToken(step)::equals).isPresent();",
              "return true;",
              "A1-33"));

  private AttackMutants() {}

  /** All of them. */
  static List<SeededMutant> all() {
    return Stream.of(PAGES).flatMap(List::stream).toList();
  }

  /** A few, of every kind, for the build that everybody runs. */
  static List<SeededMutant> few() {
    return List.of(PAGES.getFirst());
  }
}
