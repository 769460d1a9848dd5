package dev.countersign.resource;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys by which a resource server signs its responses (RFC 9728 section 2, {@code jwks_uri}).
 *
 * @param url where the world finds them
 * @param document the JWK set
 * @param elsewhere whether another host serves them: no request to this resource server asks for
 *     them then
 */
public record PublishedKeys(URI url, JsonObject document, boolean elsewhere)
    implements PublishedDocument {

  PublishedKeys(URI url, JwkSet keys, PublicUrl self) {
    this(url, keys.toJson(), !self.hasOriginOf(url));
  }

  @Override
  public boolean isAt(String path, Optional<String> query) {
    return !elsewhere && PublishedDocument.super.isAt(path, query);
  }

  @Override
  @Enforces("HS-5.3.2.1-1")
  public List<Map.Entry<String, String>> headers() {
    return List.of(
        Map.entry("Content-Type", "application/jwk-set+json"),
        Map.entry("Cache-Control", "public, max-age=300"));
  }
}
