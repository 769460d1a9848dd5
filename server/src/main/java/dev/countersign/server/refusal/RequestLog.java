package dev.countersign.server.refusal;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.refusal.Refusal;
import java.util.Optional;

/**
 * What an endpoint learns about a request for its log line. Write-only for endpoints: no rule can
 * depend on it. For the thread of the request only.
 */
public final class RequestLog {
  private Optional<ClientId> client = Optional.empty();
  private Optional<String> detail = Optional.empty();

  /** Starts empty, one for each request. */
  RequestLog() {}

  /** Notes the client that the request belongs to: authenticated, or known by its request. */
  public void client(ClientId id) {
    client = Optional.of(id);
  }

  /** Notes what became of a request that was not refused; a constant, never input. */
  public void detail(String text) {
    detail = Optional.of(text);
  }

  /**
   * Notes why a client may not ask any more for what it pushed. It is told so in an answer to the
   * browser, which is no refusal of the browser's request.
   */
  public void withdrawn(Refusal.OAuth refusal) {
    detail(
        "permitted no longer ("
            + refusal.rule()
            + "): "
            + refusal.detail().orElse(refusal.description()));
  }

  Optional<String> detail() {
    return detail;
  }

  Optional<ClientId> client() {
    return client;
  }
}
