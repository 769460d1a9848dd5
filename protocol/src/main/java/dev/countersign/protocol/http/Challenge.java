package dev.countersign.protocol.http;

import dev.countersign.requirement.Enforces;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One challenge of a {@code WWW-Authenticate} field (RFC 9110 section 11.6.1): how a request must
 * be authenticated, and what was wrong with this one.
 *
 * @param scheme a token, for example {@code DPoP}; compared without regard to case
 * @param attributes by name in lower case, each at most once; the values printable ASCII
 */
@Enforces({"OA-9"})
public record Challenge(String scheme, Map<String, String> attributes) {

  /** The header field that carries challenges. */
  public static final String HEADER = "WWW-Authenticate";

  /**
   * Copies, keeps the order, turns names into lower case; refuses any other form with {@link
   * IllegalArgumentException}.
   */
  public Challenge {
    if (!Tokens.isToken(scheme)) {
      throw new IllegalArgumentException("Challenge.scheme must be a token (OA-9)");
    }
    Map<String, String> copy = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (!Tokens.isToken(name) || !value.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)) {
            throw new IllegalArgumentException(
                "Challenge.attributes must be tokens with printable values (OA-9)");
          }
          if (copy.put(name.toLowerCase(Locale.ROOT), value) != null) {
            throw new IllegalArgumentException("Challenge.attributes has one twice (OA-9)");
          }
        });
    attributes = Collections.unmodifiableMap(copy);
  }

  /** A challenge of this scheme with these attributes, given as name, value, name, value. */
  public static Challenge of(String scheme, String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("Challenge.of needs a value for each name");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (attributes.put(namesAndValues[i], namesAndValues[i + 1]) != null) {
        throw new IllegalArgumentException("Challenge.attributes has one twice (OA-9)");
      }
    }
    return new Challenge(scheme, attributes);
  }

  /** Whether it is of this scheme, in any case. */
  public boolean hasScheme(String other) {
    return scheme.equalsIgnoreCase(other);
  }

  /** The attribute of this name, in any case. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The field value: the scheme, and each attribute as a quoted string. */
  public String toHeader() {
    StringBuilder text = new StringBuilder(scheme);
    String separator = " ";
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      text.append(separator).append(attribute.getKey()).append("=\"");
      attribute.getValue().chars().forEach(c -> quote(text, (char) c));
      text.append('"');
      separator = ", ";
    }
    return text.toString();
  }

  private static void quote(StringBuilder text, char c) {
    if (c == '"' || c == '\\') {
      text.append('\\');
    }
    text.append(c);
  }

  /**
   * The challenges of these field values, in their order. A value that is not well-formed holds no
   * challenge at all: half of one could say the opposite of the whole. A challenge with a single
   * token68 in place of attributes has none here.
   */
  public static List<Challenge> parse(List<String> headerValues) {
    return headerValues.stream().flatMap(value -> ChallengeParser.parse(value).stream()).toList();
  }
}
