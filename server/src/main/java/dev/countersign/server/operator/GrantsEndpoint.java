package dev.countersign.server.operator;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.Clients;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.operator.OperatorAccess.Operator;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.GrantRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the grants of a person or client, a page at a time, and ends those of a client. */
public final class GrantsEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(GrantsEndpoint.class);

  private final OperatorAccess access;
  private final GrantRecords grants;
  private final People people;
  private final Clients clients;
  private final GrantJson json;

  /** Looks into the store at each request. */
  public GrantsEndpoint(
      OperatorAccess access,
      GrantRecords grants,
      People people,
      Clients clients,
      DetailTypes types) {
    this.access = access;
    this.grants = grants;
    this.people = people;
    this.clients = clients;
    this.json = new GrantJson(people, clients, types);
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Operator operator = access.admit(request, now, log);
    return request.method().equals("DELETE")
        ? end(operator, Asked.toEnd(request), now)
        : list(operator, Asked.toList(request, people), now);
  }

  @Enforces({"GM-6-1"})
  private HttpResponse list(Operator operator, Asked.Page page, Instant now) {
    List<GrantRecord> found = grants.findGrants(page.filter(), page.after(), page.limit(), now);
    LOG.atInfo()
        .addKeyValue("client_id", operator.client())
        .addKeyValue("found", found.size())
        .log("an operator looked at grants");
    Optional<GrantId> next =
        found.size() < page.limit() ? Optional.empty() : Optional.of(found.getLast().grant().id());
    return HttpResponse.json(
        200,
        JsonObject.builder()
            .put("grants", found.stream().map(json::of).toList())
            .put("next", next.map(GrantId::value))
            .build());
  }

  /** A part of them, so that nobody else waits: the caller comes again while there are more. */
  @Enforces({"SP-6.8-4"})
  private HttpResponse end(Operator operator, Asked.OfClient asked, Instant now) {
    ClientId client = asked.client();
    int ended = grants.revokeGrantsOf(client, asked.limit(), now);
    LOG.atInfo()
        .addKeyValue("client_id", operator.client())
        .addKeyValue("of_client", client)
        .addKeyValue("ended", ended)
        .log("an operator ended grants of a client");
    return HttpResponse.json(
        200,
        JsonObject.builder()
            .put("ended", ended)
            .put("more", ended == asked.limit())
            .put("client_known", clients.find(client).isPresent())
            .build());
  }
}
