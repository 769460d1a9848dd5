package dev.countersign.server.par;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.issue.Audience;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.PushedRequest;
import java.util.Optional;

/**
 * The proof that a client may make a request: its grant type, redirect URI, scope and resources are
 * registered. Only {@link RequestPolicy#permit} makes one.
 */
public sealed interface PermittedRequest permits Permitted {

  /** Who asks. */
  RegisteredClient client();

  /** What is asked, as it was pushed. */
  PushedRequest pushed();

  /** What is asked. */
  default AuthorizationRequest request() {
    return pushed().request();
  }

  /** Scope and resources of the grant that a yes makes; resources are never empty. */
  Audience audience();

  /** The claims that a yes allows beside the scope: those asked for by name that it may know. */
  AllowedClaims claims();

  /** All that a yes allows, as it is remembered. */
  Consent consent();

  /**
   * The grant of this client that a yes adds to or replaces, as it stands; empty if a yes makes a
   * new one. Whose it is was not looked at.
   */
  Optional<Grant> existing();
}
