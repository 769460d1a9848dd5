package dev.countersign.server.client;

import dev.countersign.store.OnceKey;
import java.util.Set;

/**
 * The proof that a client is who it says. Only {@link ClientAuthenticator#authenticate} makes one.
 */
public sealed interface AuthenticatedClient permits ClientWithAssertion, ClientWithCertificate {

  /** Who it is. */
  RegisteredClient client();

  /**
   * What makes its assertion usable once; goes into the store operation that ends the request
   * (CA-3). Empty for a certificate, whose key was proven for this connection.
   */
  Set<OnceKey> onceKeys();
}
