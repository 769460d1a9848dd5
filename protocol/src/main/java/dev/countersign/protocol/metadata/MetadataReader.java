package dev.countersign.protocol.metadata;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads a metadata document that was fetched for an issuer. */
final class MetadataReader {

  private final JsonObject document;

  MetadataReader(JsonObject document) {
    this.document = document;
  }

  @Enforces({"SP-5.3.3.1-11", "SP-5.2.1-1"})
  static AuthorizationServerMetadata read(JsonObject document, Issuer expected)
      throws InvalidMetadataException {
    MetadataReader reader = new MetadataReader(document);
    try {
      reader.requireIssuer(expected);
      return reader.metadata(expected);
    } catch (MalformedJsonException e) {
      throw new InvalidMetadataException("SP-5.3.3.1-9", e.reason());
    } catch (IllegalArgumentException e) {
      throw new InvalidMetadataException(
          "SP-5.2.1-1", "a URL is malformed, not https or without a host");
    }
  }

  private void requireIssuer(Issuer expected)
      throws MalformedJsonException, InvalidMetadataException {
    // Code points are compared, nothing is normalised (RFC 8414 section 4).
    if (!document.string("issuer").equals(Optional.of(expected.value()))) {
      throw new InvalidMetadataException(
          "SP-5.3.3.1-11", "issuer is not the one the document was fetched for");
    }
  }

  private AuthorizationServerMetadata metadata(Issuer issuer)
      throws MalformedJsonException, InvalidMetadataException {
    return new AuthorizationServerMetadata(
        issuer,
        url("authorization_endpoint"),
        required("token_endpoint"),
        url("jwks_uri"),
        url("pushed_authorization_request_endpoint"),
        userinfo(),
        url("introspection_endpoint"),
        url(AuthorizationServerMetadata.REVOCATION_FEED),
        url("revocation_endpoint"),
        MtlsEndpointAliases.read(document),
        list("scopes_supported"),
        list("response_types_supported"),
        list("response_modes_supported", "query", "fragment"),
        list("grant_types_supported", "authorization_code", "implicit"),
        list("token_endpoint_auth_methods_supported", "client_secret_basic"),
        list("token_endpoint_auth_signing_alg_values_supported"),
        list("code_challenge_methods_supported"),
        list("dpop_signing_alg_values_supported"),
        list("id_token_signing_alg_values_supported"),
        list("subject_types_supported"),
        list("claims_supported"),
        list("acr_values_supported"),
        list("ui_locales_supported"),
        list("prompt_values_supported"),
        list("protected_resources"),
        list(AuthorizationServerMetadata.DETAIL_TYPES),
        GrantManagementMetadata.read(document),
        MessageSigningMetadata.read(document),
        flag("require_pushed_authorization_requests"),
        flag("authorization_response_iss_parameter_supported"),
        flag("claims_parameter_supported"),
        flag("tls_client_certificate_bound_access_tokens"));
  }

  private URI required(String name) throws MalformedJsonException, InvalidMetadataException {
    return url(name)
        .orElseThrow(() -> new InvalidMetadataException("SP-5.3.3.1-9", name + " is missing"));
  }

  /** RFC 6750 section 2.3 is the form that FAPI forbids: a client sends no token there. */
  @Enforces({"SP-5.3.3.1-3"})
  Optional<URI> userinfo() throws MalformedJsonException, InvalidMetadataException {
    Optional<URI> url = url("userinfo_endpoint");
    String query = url.flatMap(uri -> Optional.ofNullable(uri.getQuery())).orElse("");
    for (String pair : query.split("&", -1)) {
      if (pair.equals("access_token") || pair.startsWith("access_token=")) {
        throw new InvalidMetadataException(
            "SP-5.3.3.1-3", "userinfo_endpoint has an access token in its query");
      }
    }
    return url;
  }

  Optional<URI> url(String name) throws MalformedJsonException {
    return document.string(name).map(URI::create);
  }

  /** The list, or what its absence means. */
  private List<String> list(String name, String... absent) throws MalformedJsonException {
    return document.strings(name).orElse(List.of(absent));
  }

  private boolean flag(String name) throws MalformedJsonException {
    return document.bool(name).orElse(false);
  }
}
