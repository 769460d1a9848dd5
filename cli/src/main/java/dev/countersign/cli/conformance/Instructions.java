package dev.countersign.cli.conformance;

import java.net.URI;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The README: what to type, with the names of this run. */
final class Instructions {
  private static final int HTTPS_PORT = 443;

  private static final String TEXT =
      """
      # The conformance suite against Countersign

      Written by `countersign conformance` for the suite at {suite}, with keys and passwords of \
      its own: for tests only. What each part is for, what to install and what results mean \
      stands in docs/conformance.md of Countersign.

      The suite must reach the server as `{host}`: the authorization server at {issuer}, its second \
      listener, which asks for certificates, at {mtls}, and the API at {resource}.

      ## The server

      One variant after the other: they share their ports. In one terminal, from this folder:

      ```
      countersign conformance --serve server/VARIANT
      ```

      In another one, from the folder `scripts` of the suite:

      ```
      export CONFORMANCE_SERVER={suite}/ CONFORMANCE_DEV_MODE=1
      ./run-test-plan.py EXPRESSION OUT/server/VARIANT/plan.json
      ```

      where OUT is this folder. Or by hand: choose the plan at {suite}, its parameters, the tab \
      "JSON", and put in `plan.json`.

      | VARIANT | EXPRESSION |
      |---|---|
      {servers}

      ## The client

      Save the certificate of the suite, if it signed it itself:

      ```
      openssl s_client -connect {authority} </dev/null | openssl x509 > suite.pem
      ```

      Choose the plan at {suite} with the parameters of `client/VARIANT/parameters.json`, and put \
      `client/VARIANT/plan.json` into the tab "JSON". Start a test there; while it waits, start \
      the client, from `client/VARIANT`:

      ```
      countersign conformance-client @arguments --ca ../../suite.pem
      ```

      It exits with 0 if it came to its end, with 3 if it stopped because what came breaks a \
      rule, and tells which. The suite knows which of the two is right.

      | VARIANT | EXPRESSION |
      |---|---|
      {clients}
      """;

  private final Kit kit;

  Instructions(Kit kit) {
    this.kit = kit;
  }

  String text() {
    Addresses at = kit.addresses();
    return TEXT.replace("{suite}", at.suite().toString())
        .replace("{host}", at.host())
        .replace("{issuer}", at.issuer().value())
        .replace("{mtls}", at.mtls().toString())
        .replace("{resource}", at.resource().toString())
        .replace("{servers}", table(Variant::serverExpression))
        .replace("{clients}", table(Variant::clientExpression))
        .replace("{authority}", authority(at.suite()));
  }

  private static String authority(URI suite) {
    return suite.getHost() + ":" + (suite.getPort() < 0 ? HTTPS_PORT : suite.getPort());
  }

  private static String table(Function<Variant, String> expression) {
    return Variant.all().stream()
        .map(variant -> "| `" + variant.name() + "` | `" + expression.apply(variant) + "` |")
        .collect(Collectors.joining("\n"));
  }
}
