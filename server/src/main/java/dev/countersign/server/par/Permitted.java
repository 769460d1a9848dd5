package dev.countersign.server.par;

import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.issue.Audience;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.PushedRequest;
import java.util.Optional;

/** Package-private, so that nobody else can make the proof. */
record Permitted(
    RegisteredClient client,
    PushedRequest pushed,
    Audience audience,
    AllowedClaims claims,
    Consent consent,
    Optional<Grant> existing)
    implements PermittedRequest {}
