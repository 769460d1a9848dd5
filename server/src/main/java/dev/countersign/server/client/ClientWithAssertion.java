package dev.countersign.server.client;

import dev.countersign.store.OnceKey;
import java.util.Set;

/** Package-private, so that nobody else can make the proof. */
record ClientWithAssertion(RegisteredClient client, OnceKey onceKey)
    implements AuthenticatedClient {

  @Override
  public Set<OnceKey> onceKeys() {
    return Set.of(onceKey);
  }
}
