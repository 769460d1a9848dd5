package dev.countersign.resource;

import dev.countersign.protocol.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A document of a resource server, ready to be served to anybody who asks. */
public sealed interface PublishedDocument permits PublishedMetadata, PublishedKeys {

  /** Where the world finds it. */
  URI url();

  /** What stands in it. */
  JsonObject document();

  /**
   * Whether a request asks for the document.
   *
   * @param path the whole raw path, undecoded
   * @param query the raw query without {@code ?}, undecoded
   */
  default boolean isAt(String path, Optional<String> query) {
    return url().getRawPath().equals(path)
        && Optional.ofNullable(url().getRawQuery()).equals(query);
  }

  /** The header fields of the answer, whose status is 200. */
  List<Map.Entry<String, String>> headers();

  /** The body of the answer. */
  default byte[] body() {
    return document().toBytes();
  }
}
