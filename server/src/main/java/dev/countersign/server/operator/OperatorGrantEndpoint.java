package dev.countersign.server.operator;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.operator.OperatorAccess.Operator;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Grants;
import dev.countersign.store.Grants.RevokeOutcome;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends one grant, whosever it is. */
public final class OperatorGrantEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorGrantEndpoint.class);

  private final OperatorAccess access;
  private final Grants grants;

  /** Ends what the store has. */
  public OperatorGrantEndpoint(OperatorAccess access, Grants grants) {
    this.access = access;
    this.grants = grants;
  }

  @Override
  @Enforces({"SP-6.8-4", "GM-6.5-1", "GM-6.6-1"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Operator operator = access.admit(request, now, log);
    GrantId grant = Unknown.requireName(request, GrantId::new);
    // Without keys of its own: the proof was used up when the caller was admitted.
    if (!(grants.revokeGrant(grant, Set.of(), now) instanceof RevokeOutcome.Revoked)) {
      throw Unknown.thing("no such grant, or it has ended before");
    }
    LOG.atInfo()
        .addKeyValue("client_id", operator.client())
        .addKeyValue("grant_id", grant.value())
        .log("an operator ended a grant");
    return HttpResponse.empty(204);
  }
}
