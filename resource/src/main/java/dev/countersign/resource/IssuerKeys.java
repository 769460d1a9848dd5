package dev.countersign.resource;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.remote.RemoteException;

/** The keys that may have signed an access token. Used by many threads at once. */
@FunctionalInterface
public interface IssuerKeys {

  /**
   * The issuer's keys, fresh enough to hold the one that the token names.
   *
   * @throws RemoteException when there are none to be had
   */
  JwkSet keysFor(AccessToken token) throws RemoteException;
}
