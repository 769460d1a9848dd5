package dev.countersign.protocol.metadata;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads a metadata document that was fetched for a protected resource. */
final class ProtectedResourceMetadataReader {

  private final JsonObject document;

  private ProtectedResourceMetadataReader(JsonObject document) {
    this.document = document;
  }

  static ProtectedResourceMetadata read(JsonObject document, URI expected)
      throws InvalidMetadataException {
    ProtectedResourceMetadataReader reader = new ProtectedResourceMetadataReader(document);
    try {
      reader.requireResource(expected);
      return reader.metadata(expected);
    } catch (MalformedJsonException e) {
      throw new InvalidMetadataException("PR-2", e.reason());
    } catch (IllegalArgumentException e) {
      throw new InvalidMetadataException(
          "PR-2", "a URL is malformed or not https, an issuer is none, or an algorithm is none");
    }
  }

  /** Who controls one resource must not speak for another (RFC 9728 sections 3.3 and 7.3). */
  @Enforces({"PR-3"})
  private void requireResource(URI expected)
      throws MalformedJsonException, InvalidMetadataException {
    // Code points are compared, nothing is normalised (RFC 9728 section 6).
    if (!document.string("resource").equals(Optional.of(expected.toString()))) {
      throw new InvalidMetadataException(
          "PR-3", "resource is not the one the document was fetched for");
    }
  }

  private ProtectedResourceMetadata metadata(URI resource) throws MalformedJsonException {
    return new ProtectedResourceMetadata(
        resource,
        list("authorization_servers").stream().map(Issuer::new).toList(),
        url("jwks_uri"),
        list("scopes_supported"),
        list("bearer_methods_supported"),
        list("resource_signing_alg_values_supported"),
        document.string("resource_name"),
        url("resource_documentation"),
        url("resource_policy_uri"),
        url("resource_tos_uri"),
        flag("tls_client_certificate_bound_access_tokens"),
        list(AuthorizationServerMetadata.DETAIL_TYPES),
        list("dpop_signing_alg_values_supported"),
        flag("dpop_bound_access_tokens_required"));
  }

  private Optional<URI> url(String name) throws MalformedJsonException {
    return document.string(name).map(URI::create);
  }

  private List<String> list(String name) throws MalformedJsonException {
    return document.strings(name).orElse(List.of());
  }

  private boolean flag(String name) throws MalformedJsonException {
    return document.bool(name).orElse(false);
  }
}
