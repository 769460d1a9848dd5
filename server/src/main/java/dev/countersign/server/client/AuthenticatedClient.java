package dev.countersign.server.client;

import dev.countersign.store.OnceKey;

/**
 * The proof that a client is who it says. Only {@link ClientAuthenticator#authenticate} makes one.
 */
public sealed interface AuthenticatedClient permits ClientWithAssertion {

  /** Who it is. */
  RegisteredClient client();

  /**
   * What makes its assertion usable once; goes into the store operation that ends the request
   * (CA-3).
   */
  OnceKey onceKey();
}
