package dev.countersign.server.config;

import java.util.Set;

/**
 * Where the server listens; what clients see is the issuer.
 *
 * @param host name or address of an interface
 * @param port 0 to 65535; 0 picks a free one
 */
public record ListenAddress(String host, int port) {
  private static final Set<String> ALL = Set.of("0.0.0.0", "::");

  /**
   * Host and port as they stand in a URL: an IPv6 address in brackets (RFC 3986 section 3.2.2).
   *
   * @param found the port that is listened on in truth
   */
  public String authority(int found) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + found;
  }

  /** Whether one process that listens here keeps the port from another, or from itself, there. */
  boolean excludes(ListenAddress other) {
    return port != 0
        && port == other.port
        && (host.equalsIgnoreCase(other.host) || ALL.contains(host) || ALL.contains(other.host));
  }
}
