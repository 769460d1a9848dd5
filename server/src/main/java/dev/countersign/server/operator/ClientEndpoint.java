package dev.countersign.server.operator;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.operator.OperatorAccess.Operator;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Registrations;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the registration of a client that registered itself, and all that hangs on it. Those of the
 * files end there.
 */
public final class ClientEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ClientEndpoint.class);

  private final OperatorAccess access;
  private final Registrations registrations;
  private final Consumer<ClientId> ended;

  /**
   * Ends what the store has.
   *
   * @param ended told of each, to let go of what is kept of it
   */
  public ClientEndpoint(
      OperatorAccess access, Registrations registrations, Consumer<ClientId> ended) {
    this.access = access;
    this.registrations = registrations;
    this.ended = ended;
  }

  @Override
  @Enforces({"SP-6.8-4"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Operator operator = access.admit(request, now, log);
    ClientId client = Unknown.requireName(request, ClientId::new);
    if (!registrations.endRegistration(client, now)) {
      throw Unknown.thing("no client of that id registered itself");
    }
    ended.accept(client);
    LOG.atInfo()
        .addKeyValue("client_id", operator.client())
        .addKeyValue("of_client", client)
        .log("an operator ended the registration of a client");
    return HttpResponse.empty(204);
  }
}
