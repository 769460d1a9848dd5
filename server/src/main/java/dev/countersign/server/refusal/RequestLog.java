package dev.countersign.server.refusal;

import dev.countersign.protocol.oauth.ClientId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an endpoint learns about a request for its log line. Write-only for endpoints: no rule can
 * depend on it.
 */
public final class RequestLog {
  private final AtomicReference<Optional<ClientId>> client =
      new AtomicReference<>(Optional.empty());

  /** Starts empty, one for each request. */
  RequestLog() {}

  /** Notes the client that the request belongs to: authenticated, or known by its request. */
  public void client(ClientId id) {
    client.set(Optional.of(id));
  }

  Optional<ClientId> client() {
    return client.get();
  }
}
