package dev.countersign.it.vectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is signed, and how. Each change gives another plan.
 *
 * @param label of the signature
 * @param identifiers of the components, as they are written
 * @param values of those components that the message does not simply have
 * @param parameters as they are written, semicolon first
 * @param key that signs
 */
record Plan(
    String label,
    List<String> identifiers,
    Map<String, String> values,
    String parameters,
    VectorKey key) {

  /** When requests are signed, in seconds. */
  static final long CREATED = 1_750_000_000;

  Plan {
    identifiers = List.copyOf(identifiers);
    values = Map.copyOf(values);
  }

  /** What a request has to cover (FAPI HTTP Signatures section 5.3.1.1). */
  static Plan of(Message request) {
    List<String> identifiers = new ArrayList<>(List.of("\"@method\"", "\"@target-uri\""));
    for (String name : List.of("authorization", "dpop", "content-digest")) {
      if (request.has(name)) {
        identifiers.add(quoted(name));
      }
    }
    return new Plan("sig1", identifiers, Map.of(), "", VectorKey.ED25519)
        .with(CREATED, "fapi-2-request");
  }

  /** What a response has to cover (section 5.3.2.1), in the order of the ledger's example. */
  static Plan of(Message request, Message response) {
    List<String> identifiers = new ArrayList<>(List.of("\"@status\""));
    if (response.has("content-digest")) {
      identifiers.add("\"content-digest\"");
    }
    identifiers.add("\"@method\";req");
    identifiers.add("\"@target-uri\";req");
    for (String name : List.of("content-digest", "signature-input", "signature")) {
      if (request.has(name)) {
        identifiers.add(quoted(name) + ";req");
      }
    }
    return new Plan("sig1", identifiers, Map.of(), "", VectorKey.ED25519)
        .with(CREATED + 1, "fapi-2-response");
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  /** The usual parameters. */
  Plan with(long created, String tag) {
    return with(";created=" + created + ";keyid=\"" + key.kid() + "\";tag=\"" + tag + '"');
  }

  Plan with(String text) {
    return new Plan(label, identifiers, values, text, key);
  }

  /** Signed by another key, which is named unless the parameters name the first one. */
  Plan by(VectorKey other) {
    String named = parameters.replace(key.kid(), other.kid());
    return new Plan(label, identifiers, values, named, other);
  }

  /** Signed by another key, while the parameters name the first one. */
  Plan forgedBy(VectorKey other) {
    return new Plan(label, identifiers, values, parameters, other);
  }

  Plan labelled(String other) {
    return new Plan(other, identifiers, values, parameters, key);
  }

  Plan without(String... which) {
    List<String> fewer = new ArrayList<>(identifiers);
    fewer.removeAll(List.of(which));
    return new Plan(label, fewer, values, parameters, key);
  }

  Plan covering(String identifier) {
    List<String> more = new ArrayList<>(identifiers);
    more.add(identifier);
    return new Plan(label, more, values, parameters, key);
  }

  /** One more component, with a value that the message does not simply have. */
  Plan covering(String identifier, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(identifier, value);
    return new Plan(label, identifiers, more, parameters, key).covering(identifier);
  }

  Plan only(String... which) {
    return new Plan(label, List.of(which), values, parameters, key);
  }

  /** The value of {@code @signature-params}. */
  String signatureParams() {
    return "(" + String.join(" ", identifiers) + ")" + parameters;
  }
}
