package dev.countersign.it.browser;

import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of the web that a test is about; a request to anywhere else is a fault.
 *
 * @param origins as scheme, host and port
 * @param strangers whether its certificates come from an authority that the browser does not know
 */
record Web(Set<String> origins, boolean strangers) {

  /** Sites with the certificate of the tests, which the browser trusts. */
  static Web of(URI... sites) {
    return new Web(Stream.of(sites).map(Web::origin).collect(Collectors.toSet()), false);
  }

  /** The same sites with certificates that the browser takes as they come. */
  Web withStrangers() {
    return new Web(origins, true);
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
