package dev.countersign.server.refusal;

import dev.countersign.protocol.oauth.ClientId;
import java.util.Optional;

/**
 * What an endpoint learns about a request for its log line. Write-only for endpoints: no rule can
 * depend on it. For the thread of the request only.
 */
public final class RequestLog {
  private Optional<ClientId> client = Optional.empty();

  /** Starts empty, one for each request. */
  RequestLog() {}

  /** Notes the client that the request belongs to: authenticated, or known by its request. */
  public void client(ClientId id) {
    client = Optional.of(id);
  }

  Optional<ClientId> client() {
    return client;
  }
}
