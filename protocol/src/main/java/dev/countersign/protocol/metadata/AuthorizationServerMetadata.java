package dev.countersign.protocol.metadata;

import dev.countersign.protocol.http.Authority;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The members we publish or read. An empty list or {@link Optional} is a member that is left out;
 * where the RFC gives an absent member a meaning, {@link #parse} puts that in.
 *
 * @param issuer who is described
 * @param authorizationEndpoint for the browser; absent where clients get tokens of their own alone
 * @param tokenEndpoint for tokens
 * @param jwksUri the server's public keys; absent where it signs nothing for clients
 * @param parEndpoint {@code pushed_authorization_request_endpoint}; absent as the first
 * @param userinfoEndpoint if there is one
 * @param introspectionEndpoint if there is one
 * @param revocationFeedEndpoint {@code revocation_feed_endpoint}, a member of our own: the feed of
 *     grants that ended, if there is one
 * @param revocationEndpoint if there is one
 * @param mtlsEndpointAliases their places for who shows a certificate
 * @param scopesSupported scope values that may be asked for
 * @param responseTypesSupported ours: {@code code}
 * @param responseModesSupported how authorization responses may travel
 * @param grantTypesSupported values of {@code grant_type}
 * @param authMethodsSupported {@code token_endpoint_auth_methods_supported}, also of PAR,
 *     introspection and revocation
 * @param authSigningAlgsSupported {@code token_endpoint_auth_signing_alg_values_supported}
 * @param codeChallengeMethodsSupported ours: {@code S256}
 * @param dpopSigningAlgsSupported {@code dpop_signing_alg_values_supported}
 * @param idTokenSigningAlgsSupported algorithms the server signs ID tokens with; empty without
 *     OpenID Connect
 * @param subjectTypesSupported {@code public} or {@code pairwise}; empty without OpenID Connect
 * @param claimsSupported claims about a person
 * @param acrValuesSupported authentication contexts that may be asked for
 * @param uiLocalesSupported languages of the pages
 * @param promptValuesSupported values of {@code prompt}
 * @param protectedResources resources that its tokens are for (RFC 9728 section 4); there may be
 *     more
 * @param authorizationDetailsTypesSupported types of authorization details that may be asked for
 *     (RFC 9396 section 10)
 * @param grantManagement what it can do with grants
 * @param messageSigning which messages it takes or gives signed
 * @param requirePushedAuthorizationRequests ours: true
 * @param issParameterSupported {@code authorization_response_iss_parameter_supported}; ours: true
 * @param claimsParameterSupported whether the {@code claims} parameter has an effect
 * @param certificateBoundTokens whether it issues tokens that are bound to a client certificate
 */
public record AuthorizationServerMetadata(
    Issuer issuer,
    Optional<URI> authorizationEndpoint,
    URI tokenEndpoint,
    Optional<URI> jwksUri,
    Optional<URI> parEndpoint,
    Optional<URI> userinfoEndpoint,
    Optional<URI> introspectionEndpoint,
    Optional<URI> revocationFeedEndpoint,
    Optional<URI> revocationEndpoint,
    MtlsEndpointAliases mtlsEndpointAliases,
    List<String> scopesSupported,
    List<String> responseTypesSupported,
    List<String> responseModesSupported,
    List<String> grantTypesSupported,
    List<String> authMethodsSupported,
    List<String> authSigningAlgsSupported,
    List<String> codeChallengeMethodsSupported,
    List<String> dpopSigningAlgsSupported,
    List<String> idTokenSigningAlgsSupported,
    List<String> subjectTypesSupported,
    List<String> claimsSupported,
    List<String> acrValuesSupported,
    List<String> uiLocalesSupported,
    List<String> promptValuesSupported,
    List<String> protectedResources,
    List<String> authorizationDetailsTypesSupported,
    GrantManagementMetadata grantManagement,
    MessageSigningMetadata messageSigning,
    boolean requirePushedAuthorizationRequests,
    boolean issParameterSupported,
    boolean claimsParameterSupported,
    boolean certificateBoundTokens) {

  // RFC 8414 section 2: a server may publish members that are not registered.
  static final String REVOCATION_FEED = "revocation_feed_endpoint";

  /** The member for types of authorization details, the same in metadata of a resource. */
  static final String DETAIL_TYPES = "authorization_details_types_supported";

  /**
   * Copies the lists. Refuses with {@link IllegalArgumentException} a URL that no request can be
   * sent to: not https, without a host, or with a port that is none.
   */
  @Enforces({"SP-5.2.1-1", "SP-5.4.2-1"})
  public AuthorizationServerMetadata {
    authorizationEndpoint.ifPresent(uri -> requireHttps("authorization_endpoint", uri));
    requireHttps("token_endpoint", tokenEndpoint);
    jwksUri.ifPresent(uri -> requireHttps("jwks_uri", uri));
    parEndpoint.ifPresent(uri -> requireHttps("pushed_authorization_request_endpoint", uri));
    userinfoEndpoint.ifPresent(uri -> requireHttps("userinfo_endpoint", uri));
    introspectionEndpoint.ifPresent(uri -> requireHttps("introspection_endpoint", uri));
    revocationFeedEndpoint.ifPresent(uri -> requireHttps(REVOCATION_FEED, uri));
    revocationEndpoint.ifPresent(uri -> requireHttps("revocation_endpoint", uri));
    scopesSupported = List.copyOf(scopesSupported);
    responseTypesSupported = List.copyOf(responseTypesSupported);
    responseModesSupported = List.copyOf(responseModesSupported);
    grantTypesSupported = List.copyOf(grantTypesSupported);
    authMethodsSupported = List.copyOf(authMethodsSupported);
    authSigningAlgsSupported = List.copyOf(authSigningAlgsSupported);
    codeChallengeMethodsSupported = List.copyOf(codeChallengeMethodsSupported);
    dpopSigningAlgsSupported = List.copyOf(dpopSigningAlgsSupported);
    idTokenSigningAlgsSupported = List.copyOf(idTokenSigningAlgsSupported);
    subjectTypesSupported = List.copyOf(subjectTypesSupported);
    claimsSupported = List.copyOf(claimsSupported);
    acrValuesSupported = List.copyOf(acrValuesSupported);
    uiLocalesSupported = List.copyOf(uiLocalesSupported);
    promptValuesSupported = List.copyOf(promptValuesSupported);
    protectedResources = List.copyOf(protectedResources);
    authorizationDetailsTypesSupported = List.copyOf(authorizationDetailsTypesSupported);
  }

  /** A description of a server of ours: what every one has is set, the rest is absent. */
  public static AuthorizationServerMetadataBuilder builder(
      Issuer issuer, URI authorizationEndpoint, URI tokenEndpoint, URI jwksUri, URI parEndpoint) {
    return new AuthorizationServerMetadataBuilder(
        issuer, authorizationEndpoint, tokenEndpoint, jwksUri, parEndpoint);
  }

  /**
   * Reads the document that was fetched for an issuer. Unknown members are ignored. Another issuer,
   * compared character by character, a missing token endpoint, a member of another JSON type, a URL
   * that is not https or that no request can be sent to, and a userinfo endpoint with an access
   * token in its query make it unusable.
   *
   * @param expected the issuer the document was fetched for
   */
  public static AuthorizationServerMetadata parse(JsonObject document, Issuer expected)
      throws InvalidMetadataException {
    return MetadataReader.read(document, expected);
  }

  /** The document for both well-known places. Empty lists are left out (RFC 8414 section 3.2). */
  @Enforces({"SP-5.3.2.1-1", "SP-5.3.2.2-7", "PKCE-4", "CA-6", "PAR-12", "DP-8", "OA-8", "PR-4"})
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("issuer", issuer.value())
            .put("authorization_endpoint", authorizationEndpoint.map(URI::toString))
            .put("token_endpoint", tokenEndpoint.toString())
            .put("jwks_uri", jwksUri.map(URI::toString))
            .put("pushed_authorization_request_endpoint", parEndpoint.map(URI::toString))
            .put("require_pushed_authorization_requests", requirePushedAuthorizationRequests)
            .put("userinfo_endpoint", userinfoEndpoint.map(URI::toString))
            .put(MtlsEndpointAliases.NAME, mtlsEndpointAliases.toJson());
    putClientAuthentication(json, "token_endpoint");
    putOptionalEndpoints(json);
    putLists(json);
    return json.putAll(grantManagement.toJson())
        .put("authorization_response_iss_parameter_supported", issParameterSupported)
        .put("claims_parameter_supported", claimsParameterSupported)
        .put(
            "tls_client_certificate_bound_access_tokens",
            Optional.of(certificateBoundTokens).filter(bound -> bound))
        .putAll(messageSigning.toJson())
        .build();
  }

  private void putOptionalEndpoints(JsonObject.Builder json) {
    introspectionEndpoint.ifPresent(
        uri -> {
          json.put("introspection_endpoint", uri.toString());
          putClientAuthentication(json, "introspection_endpoint");
        });
    json.put(REVOCATION_FEED, revocationFeedEndpoint.map(URI::toString));
    revocationEndpoint.ifPresent(
        uri -> {
          json.put("revocation_endpoint", uri.toString());
          putClientAuthentication(json, "revocation_endpoint");
        });
  }

  private void putLists(JsonObject.Builder json) {
    put(json, "scopes_supported", scopesSupported);
    put(json, "response_types_supported", responseTypesSupported);
    put(json, "response_modes_supported", responseModesSupported);
    put(json, "grant_types_supported", grantTypesSupported);
    put(json, "code_challenge_methods_supported", codeChallengeMethodsSupported);
    put(json, "dpop_signing_alg_values_supported", dpopSigningAlgsSupported);
    put(json, "id_token_signing_alg_values_supported", idTokenSigningAlgsSupported);
    put(json, "subject_types_supported", subjectTypesSupported);
    put(json, "claims_supported", claimsSupported);
    put(json, "acr_values_supported", acrValuesSupported);
    put(json, "ui_locales_supported", uiLocalesSupported);
    put(json, "prompt_values_supported", promptValuesSupported);
    put(json, "protected_resources", protectedResources);
    put(json, DETAIL_TYPES, authorizationDetailsTypesSupported);
  }

  private void putClientAuthentication(JsonObject.Builder json, String endpoint) {
    put(json, endpoint + "_auth_methods_supported", authMethodsSupported);
    put(json, endpoint + "_auth_signing_alg_values_supported", authSigningAlgsSupported);
  }

  private static void put(JsonObject.Builder json, String name, List<String> values) {
    if (!values.isEmpty()) {
      json.put(name, values);
    }
  }

  static void requireHttps(String member, URI uri) {
    boolean good =
        "https".equalsIgnoreCase(uri.getScheme())
            && Authority.isPlain(uri)
            && uri.getRawFragment() == null;
    if (!good) {
      throw new IllegalArgumentException(
          member + " must be an https URL with a host, without user and fragment (SP-5.2.1-1)");
    }
  }
}
