package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in signed authorization responses, of the server that signs and of who verifies. */
final class JarmMutants {
  private static final String POLICY = "server.par.RequestPolicy";
  private static final String MODES = "server.authorize.ResponseModes";
  private static final String JWT = "protocol.jarm.ResponseJwt";
  private static final String VERIFIER = "protocol.jarm.ResponseVerifier";

  static final List<SeededMutant> ALL =
      List.of(
          in(
              "server",
              POLICY,
              "if (client.messageSigning().responses() && !mode.isSigned()) {",
              "if (false) {",
              "MS-5.4.1-1",
              "A1-13"),
          in(
              "server",
              POLICY,
              "if (!client.messageSigning().mayUse(mode)) {",
              "if (false) {",
              "MS-5.3.3-1"),
          // A request from before its client had to be answered signed.
          in("server", MODES, "? ResponseMode.JWT", "? asked", "MS-5.4.1-1"),
          // The code as it always was, beside the JWT.
          in(
              "server",
              MODES,
              "return ResponseJwt.parameters(jwt(response, way)).encode();",
              "return ResponseJwt.parameters(jwt(response, way)).encode() + \"&\""
                  + " + response.toForm().encode();",
              "JARM-2",
              "MS-5.4.1-N",
              "S-06"),
          in(
              "server",
              MODES,
              "keys.key(signing.responseAlgorithm().orElse(algorithm))",
              "keys.key(algorithm)",
              "JARM-7"),
          in(
              "server",
              MODES,
              "case FRAGMENT_JWT -> HttpResponse.redirect303(to.withFragment(signed(response,"
                  + " way)));",
              "case FRAGMENT_JWT -> HttpResponse.redirect303(to.withQuery(signed(response, way)));",
              "JARM-4"),
          in(
              "server",
              "server.browser.Pages",
              ".with(\"Cache-Control\", \"no-cache, no-store\")",
              "",
              "JARM-4"),
          // Any script would run.
          in(
              "server",
              "server.browser.Pages",
              "\"; script-src 'sha256-\" + sha256(FormPost.SCRIPT) + \"'\"",
              "\"; script-src 'unsafe-inline'\"",
              "BCP-4.16"),
          in(
              "protocol",
              JWT,
              ".put(\"aud\", audience.value())",
              ".put(\"aud\", response.iss().value())",
              "JARM-1"),
          in(
              "protocol",
              JWT,
              "now.plus(lifetime).getEpochSecond()",
              "now.plus(lifetime.multipliedBy(3)).getEpochSecond()",
              "JARM-1"),
          in("protocol", VERIFIER, "requireIssuer(claims);", "", "JARM-6", "ATT-62"),
          // Also meant for somebody else, who could be the one who sends it.
          in(
              "protocol",
              VERIFIER,
              "if (!aud.equals(List.of(clientId.value()))) {",
              "if (!aud.contains(clientId.value())) {",
              "JARM-6",
              "ATT-62"),
          in(
              "protocol",
              VERIFIER,
              "if (TimeRules.isExpired(exp, now)) {",
              "if (false) {",
              "JARM-6",
              "ATT-62"),
          in("protocol", VERIFIER, "if (exp.isAfter(last)) {", "if (false) {", "JARM-6"),
          in("protocol", VERIFIER, "if (!type.equals(\"jwt\")) {", "if (false) {", "J-13"),
          in(
              "protocol",
              VERIFIER,
              "jose.verify(jws, keys).claims()",
              "jws.unverifiedClaims()",
              "JARM-6",
              "S-05"));

  private JarmMutants() {}
}
