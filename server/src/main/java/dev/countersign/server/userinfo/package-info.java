/**
 * Userinfo (OpenID Connect Core 5.3): a resource of the server itself.
 *
 * <p>Sections: FAPI 2.0 Security Profile 5.3.4, RFC 9449 section 7. Routes: {@code GET} and {@code
 * POST {issuer}/userinfo}. It asks the store about every token, so a revoked grant is refused at
 * once. Never takes a token from the query or the body, and never a token without its proof.
 */
@NullMarked
package dev.countersign.server.userinfo;

import org.jspecify.annotations.NullMarked;
