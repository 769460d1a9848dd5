package dev.countersign.protocol.http;

import java.net.URI;

/** The part of a URL that says whom to ask (RFC 3986 section 3.2). */
public final class Authority {
  private static final int LAST_PORT = 65535;

  private Authority() {}

  /**
   * Whether the URL names a host, at most a port that can be, and no user: whom a reader takes it
   * for, and whom a client that follows it will ask.
   */
  public static boolean isPlain(URI uri) {
    String authority = uri.getRawAuthority();
    return authority != null
        && uri.getHost() != null
        && authority.indexOf('@') < 0
        && !authority.endsWith(":")
        && uri.getPort() != 0
        && uri.getPort() <= LAST_PORT;
  }
}
