package dev.countersign.protocol.token;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client asks of the token endpoint, by grant type. */
public sealed interface TokenRequest {

  /** Where the access token shall be usable (RFC 8707 section 2.2), each once; may be empty. */
  List<ResourceIndicator> resources();

  /**
   * Less than what was granted (RFC 9396 section 6); {@link AuthorizationDetails#NONE} leaves it to
   * the server.
   */
  AuthorizationDetails authorizationDetails();

  /** The grant type that names this kind of request. */
  GrantType grantType();

  /**
   * The parameters to send, without client authentication; {@link #read} of them gives an equal.
   */
  Form toForm();

  /**
   * Redeems a code (RFC 6749 section 4.1.3).
   *
   * @param code from the authorization response
   * @param redirectUri the one the code was sent to
   * @param codeVerifier fits the challenge of the request (RFC 7636 section 4.5)
   * @param resources within those of the request
   * @param authorizationDetails within what was granted
   */
  record AuthorizationCode(
      dev.countersign.protocol.oauth.AuthorizationCode code,
      RedirectUri redirectUri,
      CodeVerifier codeVerifier,
      List<ResourceIndicator> resources,
      AuthorizationDetails authorizationDetails)
      implements TokenRequest {

    /** Copies the list; repeated resources count once. */
    public AuthorizationCode {
      resources = resources.stream().distinct().toList();
    }

    /** For all that was granted. */
    public AuthorizationCode(
        dev.countersign.protocol.oauth.AuthorizationCode code,
        RedirectUri redirectUri,
        CodeVerifier codeVerifier,
        List<ResourceIndicator> resources) {
      this(code, redirectUri, codeVerifier, resources, AuthorizationDetails.NONE);
    }

    @Override
    public GrantType grantType() {
      return GrantType.AUTHORIZATION_CODE;
    }

    @Override
    public Form toForm() {
      return finish(
          this,
          Form.builder()
              .add("code", code.reveal())
              .add("redirect_uri", redirectUri.value())
              .add("code_verifier", codeVerifier.reveal()));
    }
  }

  /**
   * Asks for a new access token (RFC 6749 section 6).
   *
   * @param refreshToken stays the same (SP-5.3.2.1-9)
   * @param scope less than the grant's; absent means all of it
   * @param resources within those of the grant
   * @param authorizationDetails within those of the grant
   */
  record Refresh(
      RefreshToken refreshToken,
      Optional<Scope> scope,
      List<ResourceIndicator> resources,
      AuthorizationDetails authorizationDetails)
      implements TokenRequest {

    /** Copies the list; repeated resources count once, and an empty scope is none. */
    public Refresh {
      scope = scope.filter(wanted -> !wanted.isEmpty());
      resources = resources.stream().distinct().toList();
    }

    @Override
    public GrantType grantType() {
      return GrantType.REFRESH_TOKEN;
    }

    @Override
    public Form toForm() {
      return finish(
          this,
          Form.builder()
              .add("refresh_token", refreshToken.reveal())
              .add("scope", scope.map(Scope::toString)));
    }
  }

  /**
   * Asks for a token of the client's own (RFC 6749 section 4.4).
   *
   * @param scope absent leaves it to the server
   * @param resources absent leaves it to the server
   * @param authorizationDetails within what the client may have
   */
  record ClientCredentials(
      Optional<Scope> scope,
      List<ResourceIndicator> resources,
      AuthorizationDetails authorizationDetails)
      implements TokenRequest {

    /** Copies the list; repeated resources count once, and an empty scope is none. */
    public ClientCredentials {
      scope = scope.filter(wanted -> !wanted.isEmpty());
      resources = resources.stream().distinct().toList();
    }

    @Override
    public GrantType grantType() {
      return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Form toForm() {
      return finish(this, Form.builder().add("scope", scope.map(Scope::toString)));
    }
  }

  /**
   * Reads the body of a token request. A missing {@code grant_type} or required parameter is
   * refused with {@code invalid_request}, a grant type we do not have, {@code password} among them,
   * with {@code unsupported_grant_type}. A code, refresh token, verifier or redirect URI that
   * cannot be one of ours is refused as a wrong one is: {@code invalid_grant}.
   */
  @Enforces({"SP-5.3.2.1-2", "BCP-2.4", "OA-3", "OA-6"})
  static TokenRequest read(Form form) {
    String grantType = form.required("grant_type", "OA-6");
    return switch (GrantType.of(grantType).orElseThrow(() -> unsupported(grantType))) {
      case AUTHORIZATION_CODE -> readAuthorizationCode(form);
      case REFRESH_TOKEN ->
          new Refresh(
              RefreshToken.parse(form.required("refresh_token", "OA-6")),
              scope(form),
              resources(form),
              details(form));
      case CLIENT_CREDENTIALS -> new ClientCredentials(scope(form), resources(form), details(form));
    };
  }

  private static AuthorizationCode readAuthorizationCode(Form form) {
    return new AuthorizationCode(
        dev.countersign.protocol.oauth.AuthorizationCode.parse(form.required("code", "OA-6")),
        redirectUri(form.required("redirect_uri", "OA-6")),
        CodeVerifier.require(form),
        resources(form),
        details(form));
  }

  /** One that could never have been pushed is as wrong as another one. */
  private static RedirectUri redirectUri(String value) {
    try {
      return new RedirectUri(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.oauth(
              OAuthError.INVALID_GRANT,
              "OA-6",
              "redirect_uri is not that of the authorization request")
          // Not the value: who mixes up parameters may have put the code here.
          .withDetail(
              Refusal.mismatch(
                  "redirect_uri",
                  "no redirect URI, of " + value.length() + " characters",
                  "that of the authorization request"))
          .exception();
    }
  }

  private static Optional<Scope> scope(Form form) {
    return form.value("scope").map(Scope::parse);
  }

  @Enforces({"OA-11"})
  private static List<ResourceIndicator> resources(Form form) {
    return form.values("resource").stream().map(ResourceIndicator::parse).toList();
  }

  /** An empty array asks for nothing, and must not be taken for no array, which asks for all. */
  @Enforces({"RAR-6-1", "RAR-8-1"})
  private static AuthorizationDetails details(Form form) {
    Optional<AuthorizationDetails> details =
        form.value(AuthorizationDetails.NAME).map(AuthorizationDetails::parse);
    if (details.filter(AuthorizationDetails::isEmpty).isPresent()) {
      throw Refusal.oauth(
              OAuthError.INVALID_AUTHORIZATION_DETAILS,
              "RAR-8-1",
              "authorization_details asks for nothing")
          .withDetail(Refusal.mismatch(AuthorizationDetails.NAME, "[]", "an object, or absent"))
          .exception();
    }
    return details.orElse(AuthorizationDetails.NONE);
  }

  private static Form finish(TokenRequest request, Form.Builder form) {
    form.add("grant_type", request.grantType().value());
    request.resources().forEach(resource -> form.add("resource", resource.value()));
    if (!request.authorizationDetails().isEmpty()) {
      form.add(AuthorizationDetails.NAME, request.authorizationDetails().toJson());
    }
    return form.build();
  }

  private static RefusalException unsupported(String grantType) {
    return Refusal.oauth(
            OAuthError.UNSUPPORTED_GRANT_TYPE, "SP-5.3.2.1-2", "grant_type is not supported")
        .withDetail(
            Refusal.mismatch(
                "grant_type",
                grantType,
                "one of " + Stream.of(GrantType.values()).map(GrantType::value).toList()))
        .exception();
  }
}
