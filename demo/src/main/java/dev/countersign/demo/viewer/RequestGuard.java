package dev.countersign.demo.viewer;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.http.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Takes what changes something from the viewer's own page alone: the page holds a token that no
 * other site can read, and the browser says which site a request comes from.
 */
final class RequestGuard {
  /** The field that carries the token. A page of another origin cannot send it. */
  static final String FIELD = "X-Flow-Token";

  private static final int BYTES = 32;

  private final URI self;
  private final String token;

  /**
   * A guard with a fresh token.
   *
   * @param self the origin of the viewer
   */
  RequestGuard(URI self, SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    this.self = self;
    this.token = HexFormat.of().formatHex(bytes);
  }

  /** What the page has to send with its requests: 64 hexadecimal digits. */
  String token() {
    return token;
  }

  /** Whether it was sent to this host by its name, as a rebound name of another site is not. */
  boolean isMeant(HttpRequest request) {
    return request.headers().all("Host").equals(List.of(self.getRawAuthority()));
  }

  /** Whether the viewer's own page sent it. */
  boolean isOwn(HttpRequest request) {
    Headers headers = request.headers();
    List<String> site = headers.all("Sec-Fetch-Site");
    return headers.all("Origin").equals(List.of(self.toString()))
        && (site.isEmpty() || site.equals(List.of("same-origin")))
        && headers.all(FIELD).size() == 1
        && same(headers.all(FIELD).getFirst());
  }

  private boolean same(String sent) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
  }
}
