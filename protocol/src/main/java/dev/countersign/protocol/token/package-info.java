/**
 * The messages of the token endpoint: request, success and error (RFC 6749 sections 4.1.3, 4.4.2, 5
 * and 6, RFC 9449 section 5).
 *
 * <p>Owns what can be judged on the message alone: grant type, required parameters, their form.
 * Client authentication and the DPoP proof are other packages'; whether a code or refresh token is
 * good is the authorization server's business. Never knows a grant type outside {@link
 * dev.countersign.protocol.oauth.GrantType}.
 */
package dev.countersign.protocol.token;
