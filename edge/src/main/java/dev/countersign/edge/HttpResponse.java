package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A whole response. The factory methods begin with {@code Cache-Control: no-store}; a response that
 * may be kept says so by {@link #with}. The edge adds {@code Date} and {@code Content-Length}.
 *
 * @param status 200 to 599
 * @param headers the header fields in the order they are sent
 * @param body the body; empty for 204, 205 and 304 (RFC 9110 sections 15.3.5, 15.3.6, 15.4.5);
 *     copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, never compared
public record HttpResponse(int status, List<Header> headers, byte[] body) {
  private static final Header NO_STORE = new Header("Cache-Control", "no-store");
  private static final byte[] NOTHING = {};

  /** Refuses a status out of bounds and a body where HTTP has none. */
  public HttpResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599, not " + status);
    }
    if (body.length > 0 && !mayHaveBody(status)) {
      throw new IllegalArgumentException("status " + status + " must not have a body");
    }
    headers = List.copyOf(headers);
    body = body.clone();
  }

  /** JSON, {@code application/json}. */
  public static HttpResponse json(int status, JsonObject value) {
    return of(status, "application/json", value.toBytes());
  }

  /** A page, {@code text/html; charset=utf-8}; the caller has escaped what it shows. */
  public static HttpResponse html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(UTF_8));
  }

  /** A body of any media type. */
  public static HttpResponse of(int status, String contentType, byte[] body) {
    return new HttpResponse(
        status, List.of(new Header("Content-Type", contentType), NO_STORE), body);
  }

  /**
   * 303 to {@code location}: the browser follows by GET and sends no body again (RFC 9110 section
   * 15.4.4). There is no way to a 307 or 308 but the constructor.
   */
  @Enforces({"SP-5.3.2.2-10", "SP-5.3.2.2-11"})
  public static HttpResponse redirect303(URI location) {
    return empty(303).with("Location", location.toASCIIString());
  }

  /** A response without body. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, List.of(NO_STORE), NOTHING);
  }

  /** This response with the field {@code name} set to {@code value}, in place of all it had. */
  public HttpResponse with(String name, String value) {
    List<Header> changed = new ArrayList<>(headers);
    changed.removeIf(header -> header.isNamed(name));
    changed.add(new Header(name, value));
    return new HttpResponse(status, changed, body);
  }

  /** This response with one more field, for {@code Set-Cookie} and {@code WWW-Authenticate}. */
  public HttpResponse adding(String name, String value) {
    List<Header> changed = new ArrayList<>(headers);
    changed.add(new Header(name, value));
    return new HttpResponse(status, changed, body);
  }

  /** The values of the field {@code name}, in order; empty if there is none. */
  public List<String> all(String name) {
    Objects.requireNonNull(name, "name");
    return headers.stream().filter(header -> header.isNamed(name)).map(Header::value).toList();
  }

  /** The body, a copy of its own for each caller. */
  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public String toString() {
    return "HttpResponse[" + status + "]";
  }

  boolean mayHaveBody() {
    return mayHaveBody(status);
  }

  private static boolean mayHaveBody(int status) {
    return status != 204 && status != 205 && status != 304;
  }
}
