package dev.countersign.protocol.metadata;

import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Collects the description of a server of ours. What FAPI 2.0 leaves no choice in is fixed:
 * response type, PKCE method, PAR required, {@code iss} in responses, and our three algorithms. For
 * one thread.
 */
public final class AuthorizationServerMetadataBuilder {

  private final Issuer issuer;
  private final URI authorizationEndpoint;
  private final URI tokenEndpoint;
  private final URI jwksUri;
  private final URI parEndpoint;
  private Optional<URI> userinfoEndpoint = Optional.empty();
  private Optional<URI> introspectionEndpoint = Optional.empty();
  private Optional<URI> revocationFeedEndpoint = Optional.empty();
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
  private List<String> protectedResources = List.of();
  private List<String> authorizationDetailsTypes = List.of();
  private List<String> authMethods = List.of("private_key_jwt");
  private GrantManagementMetadata grantManagement = GrantManagementMetadata.NONE;
  private MessageSigningMetadata messageSigning = MessageSigningMetadata.NONE;
  private List<String> responseModes = List.of(ResponseMode.QUERY.value());
  private boolean claimsParameter;
  private boolean certificateBoundTokens;

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

  /** The server has a feed of the grants that ended. */
  public AuthorizationServerMetadataBuilder revocationFeedEndpoint(URI uri) {
    this.revocationFeedEndpoint = Optional.of(uri);
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

  /** How clients authenticate; by {@code private_key_jwt} alone if nothing is said. */
  public AuthorizationServerMetadataBuilder authMethods(List<String> methods) {
    this.authMethods = List.copyOf(methods);
    return this;
  }

  /** The server issues tokens that are bound to a client certificate. */
  public AuthorizationServerMetadataBuilder certificateBoundTokens() {
    this.certificateBoundTokens = true;
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

  /** Identifiers of resources that the server's tokens are for; https. */
  public AuthorizationServerMetadataBuilder protectedResources(List<String> resources) {
    this.protectedResources = List.copyOf(resources);
    return this;
  }

  /** Types of authorization details that may be asked for. */
  @Enforces({"RAR-10-1"})
  public AuthorizationServerMetadataBuilder authorizationDetailsTypes(List<String> types) {
    this.authorizationDetailsTypes = List.copyOf(types);
    return this;
  }

  /** What the server can do with grants; nothing if it is not said. */
  public AuthorizationServerMetadataBuilder grantManagement(GrantManagementMetadata grants) {
    this.grantManagement = grants;
    return this;
  }

  /** How authorization responses may travel; in the query as they are if nothing is said. */
  @Enforces({"JARM-8"})
  public AuthorizationServerMetadataBuilder responseModes(Collection<ResponseMode> modes) {
    this.responseModes = modes.stream().map(ResponseMode::value).toList();
    return this;
  }

  /** Which messages the server takes or gives signed; none if it is not said. */
  public AuthorizationServerMetadataBuilder messageSigning(MessageSigningMetadata messages) {
    this.messageSigning = messages;
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
        revocationFeedEndpoint,
        revocationEndpoint,
        mtlsEndpointAliases,
        scopes,
        List.of("code"),
        responseModes,
        grantTypes,
        authMethods,
        algorithms,
        List.of(CodeChallenge.METHOD),
        algorithms,
        idTokenAlgorithms,
        subjectTypes,
        claims,
        acrValues,
        uiLocales,
        prompts,
        protectedResources,
        authorizationDetailsTypes,
        grantManagement,
        messageSigning,
        true,
        true,
        claimsParameter,
        certificateBoundTokens);
  }
}
