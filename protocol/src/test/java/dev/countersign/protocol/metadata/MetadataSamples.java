package dev.countersign.protocol.metadata;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import java.net.URI;
import java.util.List;

/** Metadata of one authorization server, of which there is as much as a test needs. */
final class MetadataSamples {
  static final Issuer ISSUER = new Issuer("https://as.example.com/t1");
  static final AuthorizationServerMetadata LEAST = builder().build();

  private MetadataSamples() {}

  static AuthorizationServerMetadataBuilder builder() {
    return AuthorizationServerMetadata.builder(
        ISSUER,
        URI.create("https://as.example.com/t1/authorize"),
        URI.create("https://as.example.com/t1/token"),
        URI.create("https://as.example.com/t1/jwks"),
        URI.create("https://as.example.com/t1/par"));
  }

  /** The least document with nothing but what must be there. */
  static JsonObject bare() throws Exception {
    return without("");
  }

  /** That less one member. */
  static JsonObject without(String name) throws Exception {
    JsonObject.Builder rest = JsonObject.builder();
    for (String other :
        List.of(
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "pushed_authorization_request_endpoint")) {
      if (!other.equals(name)) {
        rest.put(other, LEAST.toJson().string(other));
      }
    }
    return rest.build();
  }
}
