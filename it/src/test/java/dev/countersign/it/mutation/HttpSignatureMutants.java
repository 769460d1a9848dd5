package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in signatures of HTTP messages. */
final class HttpSignatureMutants {
  private static final String COMPONENT = "protocol.httpsig.Component";
  private static final String VALUES = "protocol.httpsig.ComponentValues";
  private static final String DERIVED = "protocol.httpsig.DerivedValues";
  private static final String LABELLED = "protocol.httpsig.LabelledSignature";
  private static final String PARAMETERS = "protocol.httpsig.SignatureParameters";
  private static final String REQUEST = "protocol.httpsig.FapiRequestSignature";
  private static final String RESPONSE = "protocol.httpsig.FapiResponseSignature";
  private static final String SIGNED = "protocol.httpsig.Signed";

  static final List<SeededMutant> ALL =
      List.of(
          // What is signed, and how it is written.
          mutant(COMPONENT, "has(parameters, \"bs\") && (has", "false && (has", "SIG-2"),
          mutant(COMPONENT, "if (!good) {", "if (false) {", "SIG-2"),
          mutant(PARAMETERS, "if (!seen.add(component)) {", "if (false) {", "SIG-2"),
          mutant(PARAMETERS, "> MAX_COMPONENTS", "> 1000 * MAX_COMPONENTS", "SIG-2"),
          mutant(PARAMETERS, "&& seconds >= 0", "", "SIG-6"),
          mutant(VALUES, "component.is(\"req\") && response.isEmpty()", "false", "SIG-2"),
          mutant(VALUES, "if (lines.isEmpty()) {", "if (false) {", "SIG-2"),
          mutant(
              VALUES,
              "fields.all(name).stream().map(ComponentValues::trimmed)",
              "fields.all(name).stream()",
              "SIG-4"),
          mutant(VALUES, "String.join(\", \", lines)", "lines.getFirst()", "SIG-4"),
          mutant(VALUES, "c < 0x7F)", "c < 0x100)", "SIG-5"),
          mutant(VALUES, "line.chars().anyMatch(c -> c > 0xFF)", "false", "SIG-5"),
          mutant(DERIVED, "if (values.size() != 1) {", "if (values.isEmpty()) {", "SIG-3"),
          mutant(DERIVED, "if (authority.endsWith(port)) {", "if (false) {", "SIG-3"),
          mutant(
              DERIVED,
              "uri.getRawPath().isEmpty() ? \"/\" : uri.getRawPath()",
              "uri.getRawPath()",
              "SIG-3"),
          // Which signature counts, and whose.
          mutant(LABELLED, "if (found.size() > 1) {", "if (false) {", "SIG-8", "ATT-65"),
          mutant(LABELLED, "members().size() > MAX_LABELS", "members().size() > 1000", "SIG-1"),
          mutant(
              LABELLED,
              "signatures.get(input.getKey())",
              "signatures.members().values().stream().findFirst()",
              "SIG-1",
              "ATT-65"),
          mutant(
              LABELLED,
              ".filter(key -> parameters.alg().isEmpty()",
              ".filter(key -> true",
              "SIG-7",
              "ATT-65"),
          mutant(LABELLED, "key.kid().equals(Optional.of(keyid))", "true", "SIG-8"),
          mutant(
              LABELLED,
              ".filter(key -> jose.isSigned",
              ".filter(key -> true || jose.isSigned",
              "SIG-7",
              "HS-5.3.1.2-2",
              "HS-5.3.2.2-2",
              "ATT-64"),
          // Requests.
          mutant(
              REQUEST,
              "Component.all(\"@method\", \"@target-uri\", \"authorization\")",
              "Component.all(\"@target-uri\", \"authorization\")",
              "HS-5.3.1.1-2",
              "HS-5.3.1.2-5",
              "ATT-65"),
          mutant(
              REQUEST,
              "Component.all(\"@method\", \"@target-uri\", \"authorization\");",
              "Component.all(\"@method\", \"authorization\");",
              "HS-5.3.1.1-3",
              "HS-5.3.1.2-5"),
          mutant(
              REQUEST,
              "\"@target-uri\", \"authorization\");",
              "\"@target-uri\");",
              "HS-5.3.1.1-6",
              "HS-5.3.1.2-5"),
          mutant(
              REQUEST,
              "List.of(\"dpop\", ContentDigest.FIELD)",
              "List.of(ContentDigest.FIELD)",
              "HS-5.3.1.1-7"),
          mutant(
              REQUEST,
              "List.of(\"dpop\", ContentDigest.FIELD)",
              "List.of(\"dpop\")",
              "HS-5.3.1.1-8"),
          mutant(
              REQUEST,
              "found.parameters(), proof, \"HS-5.3.1.2-7\"",
              "found.parameters(), List.of(), \"HS-5.3.1.2-7\"",
              "HS-5.3.1.2-7",
              "ATT-65"),
          mutant(
              REQUEST,
              "TAG = \"fapi-2-request\"",
              "TAG = \"fapi-2-response\"",
              "HS-5.3.1.1-5",
              "HS-5.3.1.2-4"),
          mutant(REQUEST, "Duration.ofMinutes(1)", "Duration.ofMinutes(2)", "HS-5.3.1.2-6"),
          // Responses.
          mutant(RESPONSE, "components.add(STATUS);", "", "HS-5.3.2.1-4"),
          mutant(
              RESPONSE,
              "found.parameters(), List.of(STATUS)",
              "found.parameters(), List.of()",
              "HS-5.3.2.2-3"),
          mutant(
              RESPONSE,
              "Component.all(\"@method\", \"@target-uri\")",
              "Component.all(\"@method\")",
              "HS-5.3.2.1-2",
              "HS-5.3.2.2-N",
              "ATT-64"),
          mutant(
              RESPONSE,
              "List.of(ContentDigest.FIELD, LabelledSignature.INPUT, LabelledSignature.SIGNATURE)",
              "List.of(ContentDigest.FIELD, LabelledSignature.INPUT)",
              "HS-5.3.2.1-3",
              "HS-5.3.2.2-N",
              "ATT-64"),
          mutant(
              RESPONSE,
              "TAG = \"fapi-2-response\"",
              "TAG = \"fapi-2-request\"",
              "HS-5.3.2.1-6",
              "HS-5.3.2.2-5"),
          mutant(RESPONSE, "Duration.ofMinutes(1)", "Duration.ofMinutes(2)", "HS-5.3.2.2-3"),
          // Both.
          mutant(
              SIGNED, "if (content.length > 0) {", "if (false) {", "HS-5.3.1.2-8", "HS-5.3.2.2-4"),
          mutant(
              SIGNED,
              "return digest.get().verify(content).bytes();",
              "return content;",
              "HS-5.3.1.2-8",
              "HS-5.3.2.2-4"),
          mutant(
              SIGNED,
              "if (TimeRules.isFromTheFuture(created, now)) {",
              "if (false) {",
              "HS-5.3.1.2-6",
              "HS-5.3.2.2-3"),
          mutant(
              SIGNED,
              "parameters.expires().filter(expires -> TimeRules.isExpired(expires,"
                  + " now)).isPresent()",
              "false",
              "SIG-6",
              "HS-5.3.1.2-6"));

  private HttpSignatureMutants() {}

  private static SeededMutant mutant(
      String className, String right, String wrong, String... rules) {
    return in("protocol", className, right, wrong, rules);
  }
}
