package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.Lab;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A signature of a request (RFC 9421 section 2.5) that is being made by hand, so that every part of
 * it can be wrong and is signed all the same. Never changes itself.
 *
 * @param label what it is called in both fields
 * @param parts what it covers, in their order
 * @param parameters what it says of itself, as it is written, in their order
 * @param key what it is made by
 * @param base the last change of what is signed
 */
record Draft(
    String label,
    List<Part> parts,
    Map<String, String> parameters,
    Jose jose,
    SigningKey key,
    UnaryOperator<String> base) {

  /**
   * One component.
   *
   * @param identifier as it is written, with quotes and parameters
   * @param value as it is signed
   */
  record Part(String identifier, String value) {
    /** One without parameters. */
    static Part of(String name, String value) {
      return new Part(quoted(name), value);
    }
  }

  /** Copies, and keeps the order. */
  Draft {
    parts = List.copyOf(parts);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** As it should be: covers all that FAPI 2.0 HTTP Signatures section 5.3.1.1 names. */
  static Draft right(
      Lab lab, SigningKey key, String method, String url, List<Map.Entry<String, String>> fields) {
    List<Part> parts = new ArrayList<>();
    parts.add(Part.of("@method", method));
    parts.add(Part.of("@target-uri", url));
    for (String name : List.of("authorization", "dpop", "content-digest")) {
      List<String> lines = lines(fields, name);
      if (!lines.isEmpty()) {
        parts.add(Part.of(name, String.join(", ", lines)));
      }
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("created", String.valueOf(lab.now().getEpochSecond()));
    parameters.put("keyid", quoted(key.kid()));
    parameters.put("tag", quoted(FapiRequestSignature.TAG));
    if (lines(fields, "dpop").isEmpty()) {
      // Nothing else may tell two requests of one second apart.
      parameters.put("nonce", quoted(lab.random128()));
    }
    return new Draft("sig1", parts, parameters, lab.jose(), key, UnaryOperator.identity());
  }

  private static List<String> lines(List<Map.Entry<String, String>> fields, String name) {
    return fields.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(field -> field.getValue().strip())
        .toList();
  }

  /** A text as structured fields have it (RFC 9651 section 4.1.6). */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The value of what it covers under this name. */
  String value(String name) {
    return parts.stream()
        .filter(part -> part.identifier().equals(quoted(name)))
        .map(Part::value)
        .findFirst()
        .orElse("");
  }

  /** Whether it covers this. */
  boolean covers(String name) {
    return parts.stream().anyMatch(part -> part.identifier().equals(quoted(name)));
  }

  /** Without what has this name. */
  Draft without(String name) {
    return with(parts.stream().filter(part -> !part.identifier().equals(quoted(name))).toList());
  }

  /** With this in the place of what has the name. */
  Draft put(String name, Part other) {
    return with(
        parts.stream().map(part -> part.identifier().equals(quoted(name)) ? other : part).toList());
  }

  /** With another value under a name. */
  Draft put(String name, String value) {
    return put(name, Part.of(name, value));
  }

  /** With this as well. */
  Draft and(Part more) {
    List<Part> all = new ArrayList<>(parts);
    all.add(more);
    return with(all);
  }

  /** Covering this alone. */
  Draft with(List<Part> others) {
    return new Draft(label, others, parameters, jose, key, base);
  }

  /** With a parameter as it is written, in the place of any before. */
  Draft parameter(String name, String written) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put(name, written);
    return new Draft(label, parts, all, jose, key, base);
  }

  /** Without a parameter. */
  Draft withoutParameter(String name) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.remove(name);
    return new Draft(label, parts, all, jose, key, base);
  }

  /** For something else. */
  Draft tag(String other) {
    return parameter("tag", quoted(other));
  }

  /** Under another label. */
  Draft label(String other) {
    return new Draft(other, parts, parameters, jose, key, base);
  }

  /** Made by another key; what it says of itself stays. */
  Draft signedBy(SigningKey other) {
    return new Draft(label, parts, parameters, jose, other, base);
  }

  /** With a change of what is signed, which the fields do not show. */
  Draft base(UnaryOperator<String> change) {
    return new Draft(label, parts, parameters, jose, key, change);
  }

  /** What it covers and says of itself, as it stands in {@code Signature-Input}. */
  String member() {
    return parts.stream().map(Part::identifier).collect(Collectors.joining(" ", "(", ")"))
        + parameters.entrySet().stream()
            .map(one -> ";" + one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining());
  }

  /** Its member of {@code Signature-Input}. */
  String input() {
    return label + "=" + member();
  }

  /** Its member of {@code Signature}. */
  String signature() {
    return label + "=" + value();
  }

  /** The signature itself, as a byte sequence is written. */
  String value() {
    String text =
        parts.stream()
                .map(part -> part.identifier() + ": " + part.value() + "\n")
                .collect(Collectors.joining())
            + "\"@signature-params\": "
            + member();
    byte[] signature = jose.sign(base.apply(text).getBytes(StandardCharsets.ISO_8859_1), key);
    return ":" + Base64.getEncoder().encodeToString(signature) + ":";
  }

  /** What it is called. */
  @Override
  public String toString() {
    return label;
  }
}
