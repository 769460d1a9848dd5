package dev.countersign.attacker.hostile;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.refusal.RefusalException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that came to the attacker.
 *
 * @param at when it came
 * @param path the raw path
 * @param rawQuery the raw query, without its question mark
 * @param body its content
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Received(
    Instant at,
    String method,
    String path,
    Optional<String> rawQuery,
    Headers headers,
    byte[] body) {
  private static final Form NOTHING = Form.builder().build();

  /** Copies the content. */
  public Received {
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** The parameters of the query; none if it cannot be read. */
  public Form query() {
    try {
      return Form.parseQuery(rawQuery.orElse(""));
    } catch (RefusalException e) {
      return NOTHING;
    }
  }

  /** The parameters of the content; none if it is no form. */
  public Form form() {
    boolean isForm =
        headers
            .first("Content-Type")
            .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
            .isPresent();
    try {
      return isForm ? Form.parseBody(body) : NOTHING;
    } catch (RefusalException e) {
      return NOTHING;
    }
  }

  /** The content as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Method and path: all else may be secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
