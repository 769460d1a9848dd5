package dev.countersign.cli.conformance;

import java.util.stream.Collectors;

/** The README: what to type, with the names of this run. */
final class Instructions {
  private static final String TEXT =
      """
      # The conformance suite against Countersign

      Written by `countersign conformance` for the suite at %1$s, with keys and passwords of \
      its own: for tests only. What each part is for, what to install and what results mean \
      stands in docs/conformance.md of Countersign.

      The suite must reach the server as `%2$s`: the authorization server at %3$s, its second \
      listener, which asks for certificates, at %4$s, and the API at %5$s.

      ## The server

      One variant after the other: they share their ports. In one terminal, from this folder:

      ```
      countersign conformance --serve server/VARIANT
      ```

      In another one, from the folder `scripts` of the suite:

      ```
      export CONFORMANCE_SERVER=%1$s/ CONFORMANCE_DEV_MODE=1
      ./run-test-plan.py EXPRESSION OUT/server/VARIANT/plan.json
      ```

      where OUT is this folder. Or by hand: choose the plan at %1$s, its parameters, the tab \
      "JSON", and put in `plan.json`.

      | VARIANT | EXPRESSION |
      |---|---|
      %6$s

      ## The client

      Choose the plan at %1$s with the parameters of `client/VARIANT/parameters.json`, and put \
      `client/VARIANT/plan.json` into the tab "JSON". Start a test there; while it waits, start \
      the client. It exits with 0 if it came to its end, and says otherwise why it stopped; the \
      suite knows which of the two is right.

      | VARIANT | EXPRESSION |
      |---|---|
      %7$s
      """;

  private final Kit kit;

  Instructions(Kit kit) {
    this.kit = kit;
  }

  String text() {
    Addresses at = kit.addresses();
    return TEXT.formatted(
        at.suite(),
        at.host(),
        at.issuer().value(),
        at.mtls(),
        at.resource(),
        table(Variant::serverExpression),
        table(Variant::clientExpression));
  }

  private static String table(java.util.function.Function<Variant, String> expression) {
    return Variant.all().stream()
        .map(variant -> "| `" + variant.name() + "` | `" + expression.apply(variant) + "` |")
        .collect(Collectors.joining("\n"));
  }
}
