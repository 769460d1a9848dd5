package dev.countersign.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a request came from before it came to the last proxy, as the fields say it: each proxy adds
 * at the end who connected to it. Not yet addresses, because the first ones may be anything.
 */
final class ForwardedNodes {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /**
   * One {@code name=value} of RFC 7239 section 4. Without the escapes that a quoted text could
   * hold: no address needs any.
   */
  private static final Pattern PAIR =
      Pattern.compile("(" + TOKEN + ")=(?:(" + TOKEN + ")|\"([^\"\\\\]*)\")");

  private ForwardedNodes() {}

  /** Those of {@code X-Forwarded-For}; all its lines are one list. */
  static List<String> ofList(List<String> values) {
    return values.stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  /**
   * The {@code for} of each element of {@code Forwarded}, empty text where an element has none.
   *
   * @return nothing at all if the field is not what RFC 7239 allows: where one element ends cannot
   *     be told then, and a client could hide what a proxy wrote
   */
  static Optional<List<String>> ofForwarded(List<String> values) {
    List<String> nodes = new ArrayList<>();
    for (String value : values) {
      if (!addElements(value, nodes)) {
        return Optional.empty();
      }
    }
    return Optional.of(nodes);
  }

  private static boolean addElements(String value, List<String> nodes) {
    Matcher pair = PAIR.matcher(value);
    int at = 0;
    Optional<String> node = Optional.empty();
    while (true) {
      pair.region(skipBlanks(value, at), value.length());
      if (!pair.lookingAt()) {
        return false;
      }
      if (pair.group(1).toLowerCase(Locale.ROOT).equals("for")) {
        if (node.isPresent()) {
          return false;
        }
        node = Optional.of(Optional.ofNullable(pair.group(2)).orElseGet(() -> pair.group(3)));
      }
      at = skipBlanks(value, pair.end());
      if (at == value.length() || value.charAt(at) == ',') {
        nodes.add(node.orElse(""));
        node = Optional.empty();
      } else if (value.charAt(at) != ';') {
        return false;
      }
      if (at == value.length()) {
        return true;
      }
      at++;
    }
  }

  private static int skipBlanks(String value, int from) {
    int at = from;
    while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
