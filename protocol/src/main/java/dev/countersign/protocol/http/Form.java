package dev.countersign.protocol.http;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of a form body or of a query, read strictly and without loss. Immutable.
 *
 * <p>An empty value counts as absent, a parameter nobody asks for is ignored, and a name that comes
 * twice is refused, known or not (RFC 6749 sections 3.1 and 3.2). Only {@code resource} may repeat
 * (RFC 8707 section 2).
 */
@Enforces({"OA-5"})
public final class Form {

  private static final String REPEATABLE = "resource";
  private static final String RULE = "OA-5";
  private static final Refusal REPEATED =
      Refusal.oauth(OAuthError.INVALID_REQUEST, RULE, "a parameter is repeated");

  private final Map<String, List<String>> parameters;

  private Form(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * A body of type {@code application/x-www-form-urlencoded}.
   *
   * @throws RefusalException {@code invalid_request} for a repeated name, a broken percent escape,
   *     bytes that are not UTF-8 (escaped or not), a character that must be escaped, a NUL, a value
   *     without name, or more than 200 parameters
   */
  public static Form parseBody(byte[] utf8) {
    return collect(FormDecoder.decode(new String(utf8, StandardCharsets.ISO_8859_1)));
  }

  /**
   * The query of a URI as it was sent, without the question mark; refuses what {@link #parseBody}
   * refuses.
   */
  public static Form parseQuery(String rawQuery) {
    return collect(FormDecoder.decode(rawQuery));
  }

  private static Form collect(List<Map.Entry<String, String>> pairs) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Map.Entry<String, String> pair : pairs) {
      List<String> values = all.computeIfAbsent(pair.getKey(), name -> new ArrayList<>());
      if (!values.isEmpty() && !pair.getKey().equals(REPEATABLE)) {
        throw REPEATED
            .withDetail(Refusal.mismatch("parameter", pair.getKey() + " there twice", "once"))
            .exception();
      }
      values.add(pair.getValue());
    }
    return new Form(withoutEmptyValues(all));
  }

  private static Map<String, List<String>> withoutEmptyValues(Map<String, List<String>> all) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    all.forEach(
        (name, values) -> {
          List<String> present = values.stream().filter(value -> !value.isEmpty()).toList();
          if (!present.isEmpty()) {
            kept.put(name, present);
          }
        });
    return Collections.unmodifiableMap(kept);
  }

  /** The value of a parameter; empty if it is absent or has no value. The first if repeated. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /** All values of a parameter, in their order. */
  public List<String> values(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /**
   * The value of a parameter that must be there.
   *
   * @param name a constant of ours, since the refusal names it
   * @throws RefusalException {@code invalid_request} if it is absent or empty
   */
  public String required(String name) {
    return required(name, RULE);
  }

  /** Like {@link #required(String)}, refused under the requirement id {@code rule}. */
  public String required(String name, String rule) {
    return value(name)
        .orElseThrow(
            () ->
                Refusal.oauth(OAuthError.INVALID_REQUEST, rule, "parameter " + name + " is missing")
                    .withDetail(Refusal.mismatch(name, "missing", "a value"))
                    .exception());
  }

  /** The same parameters without this one. */
  public Form without(String name) {
    Map<String, List<String>> others = new LinkedHashMap<>(parameters);
    others.remove(name);
    return new Form(Collections.unmodifiableMap(others));
  }

  /** Whether a parameter is there and not empty. */
  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** The names of all parameters that are there and not empty, in their order. */
  public Set<String> names() {
    return parameters.keySet();
  }

  /** The parameters as {@code application/x-www-form-urlencoded}; also good as a query. */
  public String encode() {
    return parameters.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(value -> encode(entry.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A builder that has no parameter yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether {@code other} has the same parameters with the same values; order is no matter. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Form form && parameters.equals(form.parameters);
  }

  @Override
  public int hashCode() {
    return parameters.hashCode();
  }

  /** The names only: values may be secrets. */
  @Override
  public String toString() {
    return "Form" + parameters.keySet();
  }

  /** Collects parameters. For one thread. */
  public static final class Builder {

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a parameter.
     *
     * @throws IllegalArgumentException if it is there already, unless it is {@code resource}
     */
    public Builder add(String name, String value) {
      List<String> values = parameters.computeIfAbsent(name, key -> new ArrayList<>());
      if (!values.isEmpty() && !name.equals(REPEATABLE)) {
        throw new IllegalArgumentException("parameter " + name + " is added twice (OA-5)");
      }
      values.add(value);
      return this;
    }

    /** Adds a parameter if there is a value. */
    public Builder add(String name, Optional<String> value) {
      return value.isPresent() ? add(name, value.get()) : this;
    }

    /** The form; parameters with an empty value are left out. The builder can go on. */
    public Form build() {
      return new Form(withoutEmptyValues(parameters));
    }
  }
}
