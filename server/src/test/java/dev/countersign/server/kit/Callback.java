package dev.countersign.server.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An authorization response on its way to the client.
 *
 * @param url the whole URL
 * @param query its parameters, decoded
 */
public record Callback(URI url, Map<String, String> query) {

  /** The redirect of an answer, which must be a 303 without body. */
  public static Callback of(Reply reply) {
    if (reply.status() != 303 || reply.response().body().length > 0) {
      throw new AssertionError("no redirect but " + reply.status() + ": " + reply.text());
    }
    URI url = URI.create(reply.header("Location").orElseThrow());
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : url.getRawQuery().split("&", -1)) {
      String[] parts = (pair + "=").split("=", 3);
      String before = query.put(decode(parts[0]), decode(parts[1]));
      if (before != null) {
        throw new AssertionError("twice in the query: " + parts[0]);
      }
    }
    return new Callback(url, query);
  }

  /** Where it goes, without the query. */
  public String target() {
    String text = url.toString();
    return text.substring(0, text.indexOf('?'));
  }

  /** A parameter that must be there. */
  public String get(String name) {
    String value = query.get(name);
    if (value == null) {
      throw new AssertionError(name + " missing in " + query.keySet());
    }
    return value;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
