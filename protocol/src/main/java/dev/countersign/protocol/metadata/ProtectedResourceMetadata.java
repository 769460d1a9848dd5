package dev.countersign.protocol.metadata;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a protected resource says of itself (RFC 9728 section 2): the members we publish or read. An
 * empty list or {@link Optional} is a member that is left out; where the RFC gives an absent member
 * a meaning, {@link #parse} puts that in.
 *
 * <p>A signed copy ({@code signed_metadata}) is neither made nor read: RFC 9728 section 2.2 lets a
 * client ignore it.
 *
 * @param resource who is described: the https URL by which clients know the resource
 * @param authorizationServers whose access tokens it takes
 * @param jwksUri the keys that sign its responses, if it signs them
 * @param scopesSupported scope values that requests for it need
 * @param bearerMethodsSupported ours: {@code header}
 * @param resourceSigningAlgsSupported algorithms it signs responses with
 * @param resourceName a name for people
 * @param resourceDocumentation a page for developers
 * @param resourcePolicyUri a page about what clients may do with its data
 * @param resourceTosUri its terms of service
 * @param tlsClientCertificateBoundAccessTokens whether it takes tokens bound to a certificate
 * @param authorizationDetailsTypesSupported types of RFC 9396 that it understands
 * @param dpopSigningAlgsSupported algorithms of the DPoP proofs it takes; empty if it takes none
 * @param dpopBoundAccessTokensRequired whether it takes no tokens but those bound to a DPoP key
 */
public record ProtectedResourceMetadata(
    URI resource,
    List<Issuer> authorizationServers,
    Optional<URI> jwksUri,
    List<String> scopesSupported,
    List<String> bearerMethodsSupported,
    List<String> resourceSigningAlgsSupported,
    Optional<String> resourceName,
    Optional<URI> resourceDocumentation,
    Optional<URI> resourcePolicyUri,
    Optional<URI> resourceTosUri,
    boolean tlsClientCertificateBoundAccessTokens,
    List<String> authorizationDetailsTypesSupported,
    List<String> dpopSigningAlgsSupported,
    boolean dpopBoundAccessTokensRequired) {

  /** Where the document is, before the path of the resource. */
  public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  /**
   * Copies the lists. Refuses with {@link IllegalArgumentException} a resource or key URL that is
   * not https, without host, or with user or fragment, and a signature algorithm {@code none}.
   */
  @Enforces({"PR-2", "SP-5.2.1-1"})
  public ProtectedResourceMetadata {
    AuthorizationServerMetadata.requireHttps("resource", resource);
    jwksUri.ifPresent(uri -> AuthorizationServerMetadata.requireHttps("jwks_uri", uri));
    authorizationServers = List.copyOf(authorizationServers);
    scopesSupported = List.copyOf(scopesSupported);
    bearerMethodsSupported = List.copyOf(bearerMethodsSupported);
    resourceSigningAlgsSupported = List.copyOf(resourceSigningAlgsSupported);
    authorizationDetailsTypesSupported = List.copyOf(authorizationDetailsTypesSupported);
    dpopSigningAlgsSupported = List.copyOf(dpopSigningAlgsSupported);
    if (resourceSigningAlgsSupported.contains("none")) {
      throw new IllegalArgumentException(
          "resource_signing_alg_values_supported must not hold none (PR-2)");
    }
  }

  /**
   * A description of a resource of ours: a token stands in the Authorization header, the rest is
   * absent.
   *
   * @param resource its identifier, https
   * @param issuer whose tokens it takes
   */
  public static ProtectedResourceMetadataBuilder builder(URI resource, Issuer issuer) {
    return new ProtectedResourceMetadataBuilder(resource, issuer);
  }

  /**
   * Where the metadata of a resource is (RFC 9728 section 3.1): the well-known path stands between
   * its host and its path and query. A slash that is all the path there is goes away first.
   *
   * @param resource its identifier, https without fragment
   * @throws IllegalArgumentException for any other
   */
  @Enforces({"PR-1"})
  public static URI wellKnown(URI resource) {
    AuthorizationServerMetadata.requireHttps("resource", resource);
    String path = resource.getRawPath().equals("/") ? "" : resource.getRawPath();
    String query = resource.getRawQuery() == null ? "" : "?" + resource.getRawQuery();
    return URI.create(
        resource.getScheme() + "://" + resource.getRawAuthority() + WELL_KNOWN + path + query);
  }

  /**
   * Reads a document. Unknown members are ignored. Another resource, compared character by
   * character, a member of another JSON type, an authorization server that is none and a URL that
   * is not https make it unusable.
   *
   * @param expected the identifier from which {@link #wellKnown} made the URL of the document; or,
   *     where a challenge named the document, the URL at which the challenge came (RFC 9728 section
   *     3.3)
   */
  public static ProtectedResourceMetadata parse(JsonObject document, URI expected)
      throws InvalidMetadataException {
    return ProtectedResourceMetadataReader.read(document, expected);
  }

  /** The document for its well-known place. Empty lists are left out (RFC 9728 section 3.2). */
  @Enforces({"PR-1", "PR-2", "MT-8"})
  public JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder().put("resource", resource.toString());
    put(json, "authorization_servers", authorizationServers.stream().map(Issuer::value).toList());
    put(json, "jwks_uri", jwksUri);
    put(json, "scopes_supported", scopesSupported);
    put(json, "bearer_methods_supported", bearerMethodsSupported);
    put(json, "resource_signing_alg_values_supported", resourceSigningAlgsSupported);
    json.put("resource_name", resourceName);
    put(json, "resource_documentation", resourceDocumentation);
    put(json, "resource_policy_uri", resourcePolicyUri);
    put(json, "resource_tos_uri", resourceTosUri);
    json.put("tls_client_certificate_bound_access_tokens", tlsClientCertificateBoundAccessTokens);
    put(json, AuthorizationServerMetadata.DETAIL_TYPES, authorizationDetailsTypesSupported);
    put(json, "dpop_signing_alg_values_supported", dpopSigningAlgsSupported);
    return json.put("dpop_bound_access_tokens_required", dpopBoundAccessTokensRequired).build();
  }

  private static void put(JsonObject.Builder json, String name, List<String> values) {
    if (!values.isEmpty()) {
      json.put(name, values);
    }
  }

  private static void put(JsonObject.Builder json, String name, Optional<URI> value) {
    json.put(name, value.map(URI::toString));
  }
}
