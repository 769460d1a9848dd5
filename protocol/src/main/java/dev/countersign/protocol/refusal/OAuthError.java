package dev.countersign.protocol.refusal;

import dev.countersign.requirement.Enforces;

/**
 * The error codes we send, each with the HTTP status it has at an endpoint that answers in JSON.
 * Sources: RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1, RFC 7009, RFC 8707, RFC 9449,
 * RFC 9396, RFC 9470, RFC 7591, Grant Management, OpenID Connect Core section 3.1.2.6.
 */
@Enforces({"OA-1", "OA-3", "OA-9"})
public enum OAuthError {
  /** A parameter is missing, repeated or malformed, or credentials came in more than one way. */
  INVALID_REQUEST("invalid_request", 400),
  /** The client did not authenticate. RFC 6749 section 5.2 allows 401. */
  INVALID_CLIENT("invalid_client", 401),
  /** The code, refresh token, redirect URI or verifier does not fit. */
  INVALID_GRANT("invalid_grant", 400),
  /** This client may not use this grant. */
  UNAUTHORIZED_CLIENT("unauthorized_client", 400),
  /** No such grant here, for example {@code password}. */
  UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400),
  /** This token cannot be revoked (RFC 7009 section 2.2.1). */
  UNSUPPORTED_TOKEN_TYPE("unsupported_token_type", 400),
  /** Anything but {@code code}. */
  UNSUPPORTED_RESPONSE_TYPE("unsupported_response_type", 400),
  /** A scope value is malformed, unknown or beyond what was granted. */
  INVALID_SCOPE("invalid_scope", 400),
  /** The resource is malformed or unknown (RFC 8707 section 2). */
  INVALID_TARGET("invalid_target", 400),
  /**
   * An object of {@code authorization_details} is unknown, malformed or beyond what may be asked.
   */
  INVALID_AUTHORIZATION_DETAILS("invalid_authorization_details", 400),
  /** The grant is unknown, or not this client's and person's (Grant Management section 5.4). */
  INVALID_GRANT_ID("invalid_grant_id", 400),
  /** The person or the server said no. */
  ACCESS_DENIED("access_denied", 403),
  /** A login is needed, and no page may be shown. */
  LOGIN_REQUIRED("login_required", 400),
  /** Consent is needed, and no page may be shown. */
  CONSENT_REQUIRED("consent_required", 400),
  /** Some page is needed, and none may be shown. */
  INTERACTION_REQUIRED("interaction_required", 400),
  /** An account must be chosen, and no page may be shown. */
  ACCOUNT_SELECTION_REQUIRED("account_selection_required", 400),
  /** The demanded authentication context cannot be met. */
  UNMET_AUTHENTICATION_REQUIREMENTS("unmet_authentication_requirements", 400),
  /** The {@code request_uri} is unknown, expired or of another client. */
  INVALID_REQUEST_URI("invalid_request_uri", 400),
  /** The request object is not acceptable. */
  INVALID_REQUEST_OBJECT("invalid_request_object", 400),
  /** No {@code request} parameter here. */
  REQUEST_NOT_SUPPORTED("request_not_supported", 400),
  /** No {@code request_uri} parameter here. */
  REQUEST_URI_NOT_SUPPORTED("request_uri_not_supported", 400),
  /** No {@code registration} parameter here. */
  REGISTRATION_NOT_SUPPORTED("registration_not_supported", 400),
  /** The DPoP proof is missing or wrong: 400 at the authorization server, 401 at a resource. */
  INVALID_DPOP_PROOF("invalid_dpop_proof", 400),
  /**
   * The DPoP proof needs the nonce that comes along: 400 at the authorization server, 401 at a
   * resource.
   */
  USE_DPOP_NONCE("use_dpop_nonce", 400),
  /** The access token is expired, revoked, malformed or of another audience (RFC 6750). */
  INVALID_TOKEN("invalid_token", 401),
  /** The access token does not reach that far (RFC 6750). */
  INSUFFICIENT_SCOPE("insufficient_scope", 403),
  /** The login behind the access token is too weak or too long ago (RFC 9470 section 3). */
  INSUFFICIENT_USER_AUTHENTICATION("insufficient_user_authentication", 401),
  /** A redirect URI cannot be registered (RFC 7591 section 3.2.2). */
  INVALID_REDIRECT_URI("invalid_redirect_uri", 400),
  /** A member of a registration is not acceptable (RFC 7591 section 3.2.2). */
  INVALID_CLIENT_METADATA("invalid_client_metadata", 400),
  /** The software statement is none (RFC 7591 section 3.2.2). */
  INVALID_SOFTWARE_STATEMENT("invalid_software_statement", 400),
  /** Whoever made the software statement is not trusted here (RFC 7591 section 3.2.2). */
  UNAPPROVED_SOFTWARE_STATEMENT("unapproved_software_statement", 400),
  /** Something broke on our side. */
  SERVER_ERROR("server_error", 500),
  /** Try again later. */
  TEMPORARILY_UNAVAILABLE("temporarily_unavailable", 503);

  private final String code;
  private final int status;

  OAuthError(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** The code as it is written on the wire. */
  public String code() {
    return code;
  }

  /** The HTTP status of a JSON answer with this code. */
  public int status() {
    return status;
  }
}
