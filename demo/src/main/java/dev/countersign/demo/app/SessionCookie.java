package dev.countersign.demo.app;

import dev.countersign.client.BrowserSession;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Headers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one cookie of an application. By its prefix a browser takes it from this host only, over TLS
 * only; {@code SameSite=Lax} lets it come along when the bank's login sends the person back.
 */
public final class SessionCookie {
  static final String NAME = "__Host-sunny-budget-session";

  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  private SessionCookie() {}

  /** The session that the browser claims. A cookie that is there twice counts as absent. */
  public static Optional<BrowserSession> read(Headers headers) {
    List<String> found =
        headers.all("Cookie").stream()
            .flatMap(field -> Stream.of(field.split(";", -1)))
            .map(String::strip)
            .filter(pair -> pair.startsWith(NAME + "="))
            .map(pair -> pair.substring(NAME.length() + 1))
            .toList();
    return found.size() == 1 ? BrowserSession.parse(found.getFirst()) : Optional.empty();
  }

  /** Hands the session to the browser. */
  public static HttpResponse set(HttpResponse response, BrowserSession session) {
    return response.adding("Set-Cookie", NAME + "=" + session.reveal() + ATTRIBUTES);
  }

  static HttpResponse clear(HttpResponse response) {
    return response.adding("Set-Cookie", NAME + "=" + ATTRIBUTES + "; Max-Age=0");
  }
}
