package dev.countersign.attacker.deployment;

import java.net.URI;
import java.util.Optional;

/** URLs that the attack reaches, whose hosts must therefore be allowed. */
final class AllowedUrls {
  private final Optional<Bounds> bounds;

  /** Within bounds; none if they could not be read, whose fault is enough then. */
  AllowedUrls(Optional<Bounds> bounds) {
    this.bounds = bounds;
  }

  /** A URL that must be there; empty if it is missing or wrong. */
  Optional<URI> required(Section section, String key, String example, String meaning) {
    Optional<URI> url = section.required(key, Kinds.url(example), meaning);
    url.ifPresent(one -> require(section, key, one));
    return url;
  }

  /** A URL that may be left out; empty if it is, or is wrong. */
  Optional<URI> optional(
      Section section, String key, String example, String absent, String meaning) {
    Optional<URI> url = section.optional(key, Kinds.url(example), absent, meaning);
    url.ifPresent(one -> require(section, key, one));
    return url;
  }

  /** Reports a URL whose host is not allowed. */
  void require(Section section, String key, URI url) {
    if (bounds.isPresent() && !bounds.get().allows(url)) {
      String host = Bounds.authority(url);
      section.fault(
          key,
          host + " is not in the list of allowed hosts; if it is yours to attack, add it to allow",
          "");
    }
  }
}
