package dev.countersign.protocol.metadata;

import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Collects the description of a server of ours. What FAPI 2.0 leaves no choice in is fixed:
 * response type and mode, PKCE method, {@code private_key_jwt}, PAR required, {@code iss} in
 * responses, and our three algorithms. For one thread.
 */
public final class AuthorizationServerMetadataBuilder {

  private final Issuer issuer;
  private final URI authorizationEndpoint;
  private final URI tokenEndpoint;
  private final URI jwksUri;
  private final URI parEndpoint;
  private Optional<URI> userinfoEndpoint = Optional.empty();
  private Optional<URI> introspectionEndpoint = Optional.empty();
  private Optional<URI> revocationEndpoint = Optional.empty();
  private MtlsEndpointAliases mtlsEndpointAliases = MtlsEndpointAliases.NONE;
  private List<String> scopes = List.of();
  private List<String> grantTypes = List.of();
  private List<String> idTokenAlgorithms = List.of();
  private List<String> subjectTypes = List.of();
  private List<String> claims = List.of();
  private List<String> acrValues = List.of();
  private List<String> uiLocales = List.of();
  private List<String> prompts = List.of();
  private final List<String> certificateMethods = new ArrayList<>();
  private boolean certificateBoundAccessTokens;
  private boolean claimsParameter;

  AuthorizationServerMetadataBuilder(
      Issuer issuer, URI authorizationEndpoint, URI tokenEndpoint, URI jwksUri, URI parEndpoint) {
    this.issuer = issuer;
    this.authorizationEndpoint = authorizationEndpoint;
    this.tokenEndpoint = tokenEndpoint;
    this.jwksUri = jwksUri;
    this.parEndpoint = parEndpoint;
  }

  /** The server has userinfo. */
  public AuthorizationServerMetadataBuilder userinfoEndpoint(URI uri) {
    this.userinfoEndpoint = Optional.of(uri);
    return this;
  }

  /** The server has introspection. */
  public AuthorizationServerMetadataBuilder introspectionEndpoint(URI uri) {
    this.introspectionEndpoint = Optional.of(uri);
    return this;
  }

  /** The server has revocation. */
  public AuthorizationServerMetadataBuilder revocationEndpoint(URI uri) {
    this.revocationEndpoint = Optional.of(uri);
    return this;
  }

  /** The server has a second place for who shows a client certificate. */
  public AuthorizationServerMetadataBuilder mtlsEndpointAliases(MtlsEndpointAliases aliases) {
    this.mtlsEndpointAliases = aliases;
    return this;
  }

  /** Clients may authenticate by a certificate that an authority signed (RFC 8705 section 2.1). */
  public AuthorizationServerMetadataBuilder tlsClientAuth() {
    this.certificateMethods.add("tls_client_auth");
    return this;
  }

  /** Clients may authenticate by a certificate of their own (RFC 8705 section 2.2). */
  public AuthorizationServerMetadataBuilder selfSignedTlsClientAuth() {
    this.certificateMethods.add("self_signed_tls_client_auth");
    return this;
  }

  /** Access tokens may be bound to client certificates. */
  public AuthorizationServerMetadataBuilder certificateBoundAccessTokens() {
    this.certificateBoundAccessTokens = true;
    return this;
  }

  /** Scope values that may be asked for. */
  public AuthorizationServerMetadataBuilder scopes(List<String> scopes) {
    this.scopes = List.copyOf(scopes);
    return this;
  }

  /** Grant types that some client can use. */
  public AuthorizationServerMetadataBuilder grantTypes(Collection<GrantType> grantTypes) {
    this.grantTypes = grantTypes.stream().map(GrantType::value).distinct().toList();
    return this;
  }

  /** The server issues ID tokens, signed with one of the algorithms; the {@code sub} is public. */
  public AuthorizationServerMetadataBuilder openId(Collection<SignatureAlgorithm> algorithms) {
    this.idTokenAlgorithms =
        algorithms.stream().map(SignatureAlgorithm::joseName).distinct().toList();
    this.subjectTypes = List.of("public");
    return this;
  }

  /** Claims about a person that the server can give. */
  public AuthorizationServerMetadataBuilder claims(List<String> claims) {
    this.claims = List.copyOf(claims);
    return this;
  }

  /** The {@code claims} parameter has an effect. */
  public AuthorizationServerMetadataBuilder claimsParameter() {
    this.claimsParameter = true;
    return this;
  }

  /** Authentication contexts that may be asked for. */
  public AuthorizationServerMetadataBuilder acrValues(List<String> acrValues) {
    this.acrValues = List.copyOf(acrValues);
    return this;
  }

  /** Languages of the pages (BCP 47). */
  public AuthorizationServerMetadataBuilder uiLocales(List<String> uiLocales) {
    this.uiLocales = List.copyOf(uiLocales);
    return this;
  }

  /** What a client may say of the pages. */
  public AuthorizationServerMetadataBuilder prompts(Collection<Prompt> prompts) {
    this.prompts = prompts.stream().map(Prompt::value).toList();
    return this;
  }

  /** The description; refuses what its constructor refuses. */
  @Enforces({"SP-5.3.2.1-1", "SP-5.3.2.1-6", "SP-5.4.1-1.2", "SP-5.3.2.2-7", "PKCE-4"})
  public AuthorizationServerMetadata build() {
    List<String> algorithms = SignatureAlgorithm.joseNames();
    return new AuthorizationServerMetadata(
        issuer,
        Optional.of(authorizationEndpoint),
        tokenEndpoint,
        Optional.of(jwksUri),
        Optional.of(parEndpoint),
        userinfoEndpoint,
        introspectionEndpoint,
        revocationEndpoint,
        mtlsEndpointAliases,
        scopes,
        List.of("code"),
        List.of("query"),
        grantTypes,
        Stream.concat(Stream.of("private_key_jwt"), certificateMethods.stream()).toList(),
        algorithms,
        List.of(CodeChallenge.METHOD),
        algorithms,
        idTokenAlgorithms,
        subjectTypes,
        claims,
        acrValues,
        uiLocales,
        prompts,
        true,
        true,
        certificateBoundAccessTokens,
        claimsParameter);
  }
}
