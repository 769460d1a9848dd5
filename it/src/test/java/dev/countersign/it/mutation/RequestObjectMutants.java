package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes in signed authorization requests. */
final class RequestObjectMutants {
  private static final List<SeededMutant> CREATED =
      List.of(
          in(
              "protocol",
              "protocol.jar.RequestObject",
              ".putAll(ObjectParameters.toJson(request))",
              ".putAll(ObjectParameters.toJson(request).without(\"state\"))",
              "MS-5.3.2-1"),
          in(
              "protocol",
              "protocol.jar.RequestObject",
              ".put(\"aud\", audience.value())",
              ".put(\"aud\", audience.value() + \"/par\")",
              "MS-5.3.2-2"),
          in(
              "protocol",
              "protocol.jar.RequestObject",
              ".put(\"nbf\", now.getEpochSecond())",
              "",
              "MS-5.3.2-3"),
          in(
              "protocol",
              "protocol.jar.RequestObject",
              " || lifetime.compareTo(LONGEST) > 0",
              "",
              "MS-5.3.2-4"),
          in(
              "protocol",
              "protocol.jar.ObjectParameters",
              "json.put(name, request.authorizationDetails().member());",
              "json.put(name, form.value(name));",
              "RAR-2-2",
              "JAR-1"),
          in(
              "protocol",
              "protocol.jar.RequestObject",
              ".put(\"iss\", request.clientId().value())",
              ".put(\"iss\", request.clientId().value()).put(\"sub\", request.clientId().value())",
              "JAR-3"));

  private static final List<SeededMutant> VERIFIED =
      List.of(
          in(
              "protocol",
              "protocol.jar.RequestObject",
              "jose.verify(jws, keys).claims()",
              "jws.unverifiedClaims()",
              "JAR-9",
              "ATT-60",
              "S-04"),
          in(
              "protocol",
              "protocol.jar.RequestObject",
              "if (!type.equals(\"jwt\") && !type.equals(TYPE)) {",
              "if (!type.equals(\"jwt\")) {",
              "MS-5.3.1-5"),
          in(
              "protocol",
              "protocol.jar.RequestObject",
              "if (!type.equals(\"jwt\") && !type.equals(TYPE)) {",
              "if (false) {",
              "J-13"),
          in(
              "protocol",
              "protocol.jar.RequestObject",
              "if (registered.isPresent() && registered.get() != jws.algorithm()) {",
              "if (false) {",
              "JAR-9"),
          in(
              "protocol",
              "protocol.jar.RequestObject",
              ".count() == 4) {",
              ".count() == 5) {",
              "JAR-10"),
          in(
              "protocol",
              "protocol.jar.ObjectClaims",
              "if (!clientId.equals(client.value())) {",
              "if (false) {",
              "JAR-2",
              "PAR-11",
              "ATT-60"),
          in(
              "protocol",
              "protocol.jar.ObjectClaims",
              "if (sub.equals(Optional.of(client.value()))) {",
              "if (false) {",
              "JAR-3",
              "J-13"),
          in(
              "protocol",
              "protocol.jar.ObjectClaims",
              "if (!audience.contains(self.value())) {",
              "if (audience.isEmpty()) {",
              "MS-5.3.1-2",
              "S-03"),
          in(
              "protocol",
              "protocol.jar.ObjectClaims",
              "if (nbf.isBefore(now.minus(LONGEST))) {",
              "if (!nbf.isAfter(now.minus(LONGEST))) {",
              "MS-5.3.1-3"),
          in(
              "protocol",
              "protocol.jar.ObjectClaims",
              "if (exp.isAfter(nbf.plus(LONGEST))) {",
              "if (exp.isAfter(now.plus(LONGEST).plusSeconds(60))) {",
              "MS-5.3.1-4"),
          in(
              "protocol",
              "protocol.jar.ObjectClaims",
              "if (TimeRules.isExpired(exp, now)) {",
              "if (exp.isBefore(now)) {",
              "MS-5.3.1-4",
              "ATT-60"),
          in(
              "protocol",
              "protocol.jar.ObjectClaims",
              "    refuseNested(json);\n",
              "",
              "JAR-3",
              "S-04"),
          in(
              "protocol",
              "protocol.jar.ObjectParameters",
              "json.string(name).map(ObjectParameters::withoutNul)",
              "json.memberJson(name).map(text -> text.replace(\"\\\"\", \"\"))",
              "JAR-1"));

  private static final List<SeededMutant> PUSHED =
      List.of(
          in(
              "server",
              "server.par.RequestPolicy",
              "if (client.messageSigning().requests() && !signed) {",
              "if (false) {",
              "MS-5.3.1-1",
              "ATT-61",
              "S-01"),
          in(
              "server",
              "server.par.RequestPolicy",
              "    requireSigned(client, pushed.signed());\n",
              "",
              "PAR-13"),
          // A client that leaves out its object would be asked about what stands beside it.
          in(
              "server",
              "server.par.RequestObjects",
              "    RequestPolicy.requireSigned(client, false);\n",
              "",
              "MS-5.3.1-1"),
          in(
              "server",
              "server.par.PushEndpoint",
              "bound, opened.signed().isPresent(), now",
              "bound, true, now",
              "PAR-13"),
          in("server", "server.par.RequestObjects", "      refuseRequestUri(form);\n", "", "PAR-3"),
          in(
              "server",
              "server.par.RequestObjects",
              "client.messageSigning().requestAlgorithm()",
              "Optional.empty()",
              "JAR-9"),
          in(
              "server",
              "server.par.PushEndpoint",
              "            opened.onceKey().stream(),\n",
              "",
              "JAR-11"),
          in(
              "server",
              "server.par.PushEndpoint",
              "grants.known(opened.parameters())",
              "grants.known(form.without(\"request\"))",
              "MS-5.3.1-1",
              "JAR-4",
              "JAR-5",
              "S-02"),
          in(
              "server",
              "server.client.KeysOfClients",
              "if (client.keys() instanceof ClientKeys.None) {",
              "if (false) {",
              "JAR-9"));

  static final List<SeededMutant> ALL =
      Stream.of(CREATED, VERIFIED, PUSHED).flatMap(List::stream).toList();

  private RequestObjectMutants() {}
}
