package dev.countersign.attacker.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers, for tests. */
public final class Answers {
  private static final URI URL = URI.create("https://as.example/x");

  private Answers() {}

  /**
   * One with content.
   *
   * @param fields names and values by turns
   */
  public static Answer of(int status, String type, String body, String... fields) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    all.add(Map.entry("Content-Type", type));
    for (int i = 0; i < fields.length; i += 2) {
      all.add(Map.entry(fields[i], fields[i + 1]));
    }
    return new Answer(URL, status, all, body.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  /** A page without further fields. */
  public static Answer page(int status, String html) {
    return of(status, "text/html", html);
  }

  /** A JSON document. */
  public static Answer json(int status, String json) {
    return of(status, "application/json", json);
  }
}
