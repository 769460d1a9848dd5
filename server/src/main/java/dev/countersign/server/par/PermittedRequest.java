package dev.countersign.server.par;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.issue.Audience;

/**
 * The proof that a client may make a request: its grant type, redirect URI, scope and resources are
 * registered. Only {@link RequestPolicy#permit} makes one.
 */
public sealed interface PermittedRequest permits Permitted {

  /** Who asks. */
  RegisteredClient client();

  /** What is asked. */
  AuthorizationRequest request();

  /** Scope and resources of the grant that a yes makes; resources are never empty. */
  Audience audience();
}
