package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes of the client library in what it signs and in what it takes for signed. */
final class ClientSigningMutants {
  private static final String ANSWERS = "client.AuthorizationAnswers";
  private static final String REQUESTS = "client.RequestSigning";

  static final List<SeededMutant> ALL =
      List.of(
          // One of the parameters beside the object.
          in(
              "client",
              REQUESTS,
              "return () -> RequestObject.toForm(signed(request, with), request.clientId());",
              "return () -> Form.builder().add(\"client_id\", request.clientId().value())"
                  + ".add(\"request\", signed(request, with))"
                  + ".add(\"state\", request.state().map(state -> state.value())).build();",
              "MS-5.3.2-1",
              "JAR-4"),
          // The same object for each attempt.
          in(
              "client",
              REQUESTS,
              "return () -> RequestObject.toForm(signed(request, with), request.clientId());",
              "Form once = RequestObject.toForm(signed(request, with), request.clientId());"
                  + " return () -> once;",
              "JAR-11"),
          in(
              "client",
              REQUESTS,
              "LIFETIME = Duration.ofSeconds(60)",
              "LIFETIME = Duration.ofMinutes(59)",
              "MS-5.3.2-4"),
          in(
              "client",
              REQUESTS,
              "if (server.requireSignedRequestObject()) {",
              "if (false) {",
              "JAR-8",
              "ATT-61"),
          // A plain answer for a client that demands a signed one.
          in(
              "client",
              ANSWERS,
              "mode.isSigned() ? signed(answer, arrival) : plain(answer)",
              "mode.isSigned() && answer.has(ResponseJwt.PARAMETER)"
                  + " ? signed(answer, arrival) : plain(answer)",
              "MS-5.4.2-2",
              "S-06"),
          in(
              "client",
              ANSWERS,
              "if (answer.has(name)) {",
              "if (answer.has(name) && name.equals(\"code\")) {",
              "OA-8"),
          in(
              "client",
              ANSWERS,
              "if (answer.has(ResponseJwt.PARAMETER)) {",
              "if (answer.names().size() < 0) {",
              "JARM-2"),
          in(
              "client",
              ANSWERS,
              "if (arrival != wanted()) {",
              "if (arrival == Arrival.FORM && wanted() == Arrival.QUERY) {",
              "MS-5.4.2-1"),
          // Keys for whatever comes, before it is looked at.
          in(
              "client",
              ANSWERS,
              "AddressedResponse addressed = verifier.open(answer, time.now());",
              "try { documents.keysFor(dev.countersign.protocol.jose.CompactJws.parse("
                  + "answer.required(ResponseJwt.PARAMETER))); }"
                  + " catch (dev.countersign.protocol.jose.InvalidJwtException e) {}"
                  + " AddressedResponse addressed = verifier.open(answer, time.now());",
              "JARM-6",
              "ATT-62"),
          in(
              "client",
              ANSWERS,
              "new ResponseVerifier(jose, issuer, clientId, registered)",
              "new ResponseVerifier(jose, issuer, clientId)",
              "JARM-7"),
          in(
              "client",
              ANSWERS,
              "if (!server.responseModesSupported().contains(mode.value())) {",
              "if (server.responseModesSupported().isEmpty()) {",
              "JARM-8"),
          in("client", "client.CodeFlow", ".responseMode(mode)", "", "MS-5.4.2-1"));

  private ClientSigningMutants() {}
}
