/**
 * The token endpoint: one frame that every grant goes through, and one class for each grant.
 *
 * <p>Sections: RFC 6749 sections 4.1.3, 4.4, 5 and 6, RFC 9449 section 5, FAPI 2.0 Security Profile
 * 5.3.2.1. Routes: {@code POST {issuer}/token}. Never issues a token without an authenticated
 * client and a proof of what it is bound to, never rotates a refresh token, and never uses anything
 * up before all is verified.
 */
@NullMarked
package dev.countersign.server.token;

import org.jspecify.annotations.NullMarked;
