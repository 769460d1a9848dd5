package dev.countersign.resource;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The keys by which a resource server signs its responses (RFC 9728 section 2, {@code jwks_uri}).
 *
 * @param url where the world finds them
 * @param document the JWK set
 */
public record PublishedKeys(URI url, JsonObject document) implements PublishedDocument {

  PublishedKeys(URI url, JwkSet keys) {
    this(url, keys.toJson());
  }

  @Override
  @Enforces("HS-5.3.2.1-1")
  public List<Map.Entry<String, String>> headers() {
    return List.of(
        Map.entry("Content-Type", "application/jwk-set+json"),
        Map.entry("Cache-Control", "public, max-age=300"));
  }
}
