package dev.countersign.resource;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata document of a resource server, ready to be served to anybody who asks (RFC 9728
 * section 3).
 *
 * @param url where the world finds it
 * @param document what stands in it
 */
public record PublishedMetadata(URI url, JsonObject document) {

  PublishedMetadata(ProtectedResourceMetadata metadata) {
    this(ProtectedResourceMetadata.wellKnown(metadata.resource()), metadata.toJson());
  }

  /**
   * Whether a request asks for the document.
   *
   * @param path the whole raw path, undecoded
   * @param query the raw query without {@code ?}, undecoded
   */
  @Enforces("PR-1")
  public boolean isAt(String path, Optional<String> query) {
    return url.getRawPath().equals(path) && Optional.ofNullable(url.getRawQuery()).equals(query);
  }

  /** The header fields of the answer, whose status is 200. */
  public List<Map.Entry<String, String>> headers() {
    return List.of(
        Map.entry("Content-Type", "application/json"),
        Map.entry("Cache-Control", "public, max-age=300"));
  }

  /** The body of the answer. */
  public byte[] body() {
    return document.toBytes();
  }
}
