package dev.countersign.server.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters of a request, in order and as often as a test likes. Immutable. */
public record Params(List<Map.Entry<String, String>> pairs) {
  /** Copies the list. */
  public Params {
    pairs = List.copyOf(pairs);
  }

  /** Given as name, value, name, value. */
  public static Params of(String... namesAndValues) {
    Params params = new Params(List.of());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params = params.and(namesAndValues[i], namesAndValues[i + 1]);
    }
    return params;
  }

  /** One more, beside what is there. */
  public Params and(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(pairs);
    more.add(Map.entry(name, value));
    return new Params(more);
  }

  /** More, beside what is there. */
  public Params and(Params other) {
    List<Map.Entry<String, String>> more = new ArrayList<>(pairs);
    more.addAll(other.pairs);
    return new Params(more);
  }

  /** This one in place of what is there. */
  public Params with(String name, String value) {
    return without(name).and(name, value);
  }

  /** Without it. */
  public Params without(String name) {
    return new Params(pairs.stream().filter(pair -> !pair.getKey().equals(name)).toList());
  }

  /** The first value of a name. */
  public String get(String name) {
    return pairs.stream()
        .filter(pair -> pair.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** The body that carries them. */
  public String encode() {
    return pairs.stream()
        .map(
            pair ->
                URLEncoder.encode(pair.getKey(), UTF_8)
                    + "="
                    + URLEncoder.encode(pair.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
