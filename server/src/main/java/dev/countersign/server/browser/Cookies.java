package dev.countersign.server.browser;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The two cookies of the authorization server. Both have the {@code __Host-} prefix: a browser
 * takes them from this host only, over TLS only, and no sibling domain can plant one (RFC 6265bis
 * section 4.1.3.2). {@code SameSite=Lax} lets them come along when a client sends the person here,
 * and keeps them away from a form on another site.
 */
public final class Cookies {
  private static final String BROWSER = "__Host-countersign-browser";
  private static final String SESSION = "__Host-countersign-session";
  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  private Cookies() {}

  /** The key of the browser that sent the request, if it has one. */
  public static Optional<BrowserKey> browser(Headers headers) {
    return read(headers, BROWSER, BrowserKey::new);
  }

  /** The login session that the browser claims, if any. */
  public static Optional<SessionId> session(Headers headers) {
    return read(headers, SESSION, SessionId::new);
  }

  /** The answer with the browser's key; the browser keeps it until it is closed. */
  public static HttpResponse withBrowser(HttpResponse response, BrowserKey key) {
    return with(response, BROWSER, key);
  }

  /** The answer with a login session; how long it counts is said by the store. */
  public static HttpResponse withSession(HttpResponse response, SessionId id) {
    return with(response, SESSION, id);
  }

  /** The answer after which the browser holds no login session any more. */
  public static HttpResponse withoutSession(HttpResponse response) {
    return response.adding("Set-Cookie", SESSION + "=" + ATTRIBUTES + "; Max-Age=0");
  }

  private static HttpResponse with(HttpResponse response, String name, Secret value) {
    return response.adding("Set-Cookie", name + "=" + value.reveal() + ATTRIBUTES);
  }

  /** A cookie that is there twice counts as absent: one of the two is not ours. */
  private static <T> Optional<T> read(Headers headers, String name, Function<String, T> type) {
    List<String> found =
        headers.all("Cookie").stream()
            .flatMap(header -> Stream.of(header.split(";", -1)))
            .map(String::strip)
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .toList();
    if (found.size() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.apply(found.getFirst()));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
