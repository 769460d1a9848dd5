package dev.countersign.server.client;

import dev.countersign.store.OnceKey;

/** Package-private, so that nobody else can make the proof. */
record ClientWithAssertion(RegisteredClient client, OnceKey onceKey)
    implements AuthenticatedClient {}
