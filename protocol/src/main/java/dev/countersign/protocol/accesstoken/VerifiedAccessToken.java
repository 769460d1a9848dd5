package dev.countersign.protocol.accesstoken;

import dev.countersign.protocol.oauth.AccessToken;

/**
 * The proof that an access token was issued by the expected server for this audience and has not
 * expired. Only {@link AccessTokenVerifier} makes one. It does not say that the caller holds the
 * key of {@code cnf}.
 */
public sealed interface VerifiedAccessToken permits AccessTokenVerifier.Verified {

  /** What the token says. */
  AccessTokenClaims claims();

  /** The token itself, for the {@code ath} of the proof. */
  AccessToken token();
}
