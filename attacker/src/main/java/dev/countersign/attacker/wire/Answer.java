package dev.countersign.attacker.wire;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param url what was asked
 * @param status the HTTP status; 0 if the connection was closed without an answer
 * @param fields header fields in their order
 * @param body the content
 * @param closed why the connection was closed, if it was
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Answer(
    URI url,
    int status,
    List<Map.Entry<String, String>> fields,
    byte[] body,
    Optional<String> closed) {

  /** Copies the fields. */
  public Answer {
    fields = List.copyOf(fields);
    body = body.clone();
  }

  static Answer closed(URI url, String why) {
    return new Answer(url, 0, List.of(), new byte[0], Optional.of(why));
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** The header fields, by name. */
  public Headers headers() {
    return Headers.of(fields);
  }

  /** The first field of this name. */
  public Optional<String> header(String name) {
    return headers().first(name);
  }

  /** The content was 1 MiB or longer, and is here only as far as that. */
  public boolean isCut() {
    return body.length >= Line.MAX_BODY;
  }

  /** The content as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The content as a JSON object; empty if it is none. */
  public Optional<JsonObject> json() {
    try {
      return Optional.of(JsonObject.parse(body));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** A string of the JSON content; empty if there is none of this name. */
  public Optional<String> member(String name) {
    try {
      Optional<JsonObject> object = json();
      return object.isPresent() ? object.get().string(name) : Optional.empty();
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** The status is 200 to 299. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * The server, or one before it, would not look at the request: it was too slow or one too many
   * (408, 429), or there is nobody to take it (502 to 504).
   */
  public boolean isBusy() {
    return status == 408 || status == 429 || (status >= 502 && status <= 504);
  }

  /** The status is 300 to 399 and says where to go. */
  public boolean isRedirect() {
    return status >= 300 && status < 400 && header("Location").isPresent();
  }

  /** Where a redirect leads, resolved; empty if it is none or no URL. */
  public Optional<URI> location() {
    if (!isRedirect()) {
      return Optional.empty();
    }
    try {
      return header("Location").map(url::resolve);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The error code: of the JSON content (RFC 6749 section 5.2), or of the first challenge that has
   * one (RFC 6750 section 3).
   */
  public Optional<String> error() {
    return member("error").or(this::challengeError);
  }

  private Optional<String> challengeError() {
    return headers().all("WWW-Authenticate").stream()
        .flatMap(value -> Fields.parameter(value, "error").stream())
        .findFirst();
  }

  /** What it was, in a few words: {@code 400 invalid_request}. */
  public String brief() {
    if (closed.isPresent()) {
      return "connection closed";
    }
    return status + error().map(code -> " " + Texts.oneLine(code, 60)).orElse("");
  }

  /** The status alone. */
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
