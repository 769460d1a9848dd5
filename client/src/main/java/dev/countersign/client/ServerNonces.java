package dev.countersign.client;

import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest nonce of each server (RFC 9449 section 8.2). The authorization server and a resource
 * on the same host are two servers, since their nonces are. May be called by any number of threads.
 */
final class ServerNonces {

  private static final int MAX_SERVERS = 1000;

  /** What a server is to the client. */
  enum Role {
    AUTHORIZATION_SERVER,
    RESOURCE_SERVER
  }

  /** One server: its role, and scheme, host and port in lower case. */
  record Server(Role role, String origin) {
    static Server of(Role role, URI target) {
      int port = target.getPort() == -1 ? 443 : target.getPort();
      String origin = target.getScheme() + "://" + target.getHost() + ":" + port;
      return new Server(role, origin.toLowerCase(Locale.ROOT));
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<Server, DpopNonce> newest = new LinkedHashMap<>();

  Optional<DpopNonce> of(Server server) {
    lock.lock();
    try {
      return Optional.ofNullable(newest.get(server));
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the nonce of an answer, whatever its status, for the requests that follow. */
  @Enforces({"SP-5.3.3.1-8", "DP-13"})
  void remember(Server server, Headers answer) {
    Optional<DpopNonce> given = givenBy(answer);
    if (given.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      newest.putLast(server, given.get());
      if (newest.size() > MAX_SERVERS) {
        newest.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The one well-formed nonce of an answer; two, or a malformed one, are none. */
  static Optional<DpopNonce> givenBy(Headers answer) {
    List<String> values = answer.all(DpopNonce.HEADER);
    if (values.size() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(new DpopNonce(values.getFirst()));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
