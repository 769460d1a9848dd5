package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.requirement.Enforces;

/** The keys that may have signed an access token. Used by many threads at once. */
@FunctionalInterface
public interface IssuerKeys {

  /**
   * The issuer's keys, fresh enough to hold the one that the token names.
   *
   * @throws RemoteException when there are none to be had
   * @throws dev.countersign.protocol.refusal.RefusalException {@code invalid_token} when the token
   *     is none
   */
  JwkSet keysFor(AccessToken token) throws RemoteException;

  /**
   * The keys that the issuer publishes: those behind the {@code jwks_uri} of its metadata, cached,
   * and fetched again when a token names a key that is not there.
   */
  @Enforces({"SP-5.4.2-1", "SP-5.4.3-1"})
  static IssuerKeys of(RemoteIssuer issuer) {
    return token ->
        issuer.forKid(AccessTokenVerifier.algorithmOf(token), AccessTokenVerifier.kidOf(token));
  }
}
