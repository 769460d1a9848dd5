package dev.countersign.server.par;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.issue.Audience;

/** Package-private, so that nobody else can make the proof. */
record Permitted(RegisteredClient client, AuthorizationRequest request, Audience audience)
    implements PermittedRequest {}
