package dev.countersign.it.browser;

import java.net.URI;
import java.security.PublicKey;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of the web that a test is about; a request to anywhere else is a fault.
 *
 * @param key of the certificates there
 * @param origins as scheme, host and port
 */
record Web(PublicKey key, Set<String> origins) {

  /** The sites at these addresses. */
  static Web of(PublicKey key, URI... sites) {
    return new Web(key, Stream.of(sites).map(Web::origin).collect(Collectors.toSet()));
  }

  /** Whether the address is there; what has no server is everywhere. */
  boolean holds(String url) {
    URI address = URI.create(url);
    return Set.of("about", "data", "blob").contains(address.getScheme())
        || origins.contains(origin(address));
  }

  private static String origin(URI site) {
    return site.getScheme() + "://" + site.getRawAuthority();
  }
}
