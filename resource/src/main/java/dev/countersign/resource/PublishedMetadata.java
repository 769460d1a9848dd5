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
public record PublishedMetadata(URI url, JsonObject document) implements PublishedDocument {

  PublishedMetadata(ProtectedResourceMetadata metadata) {
    this(ProtectedResourceMetadata.wellKnown(metadata.resource()), metadata.toJson());
  }

  @Override
  @Enforces("PR-1")
  public boolean isAt(String path, Optional<String> query) {
    return PublishedDocument.super.isAt(path, query);
  }

  @Override
  public List<Map.Entry<String, String>> headers() {
    return List.of(
        Map.entry("Content-Type", "application/json"),
        Map.entry("Cache-Control", "public, max-age=300"));
  }
}
