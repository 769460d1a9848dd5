package dev.countersign.demo.app;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.Tokens;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells a person what the application may do, as the bank says it now: the person may have ended it
 * there. It asks for its grants by a token of its own (Grant Management).
 */
final class Grants {
  private static final int NOT_FOUND = 404;
  private static final int NEWEST = 10;

  private final FapiClient client;
  private final Pages pages;

  Grants(FapiClient client, Pages pages) {
    this.client = client;
    this.pages = pages;
  }

  /** The connection, and the newest payments that were allowed. */
  HttpResponse show(Visit visit, Visitor visitor) throws ClientException, TroubleException {
    Tokens own = client.clientCredentials(Scope.of(GrantResource.QUERY_SCOPE), List.of());
    List<GrantLine> lines = new ArrayList<>();
    lines.add(line(own, visitor.connection(), "See your accounts and their bookings"));
    List<Payment> allowed =
        visitor.payments().reversed().stream()
            .filter(payment -> payment.allowed().isPresent())
            .limit(NEWEST)
            .toList();
    for (Payment payment : allowed) {
      lines.add(line(own, payment.allowed().orElseThrow().permission(), title(payment)));
    }
    return pages.show(200, new Screen.Grants(lines), visit);
  }

  private static String title(Payment payment) {
    boolean made = payment.outcome() instanceof Payment.Outcome.Booked;
    return "Pay %s to %s, once%s"
        .formatted(
            Texts.amount(payment.amount()), payment.creditor(), made ? ": that is done" : "");
  }

  private GrantLine line(Tokens own, Permission permission, String title)
      throws ClientException, TroubleException {
    Optional<GrantId> grant = permission.tokens().grantId();
    return grant.isEmpty()
        ? new GrantLine(title, GrantLine.State.UNKNOWN, Optional.empty())
        : line(own, grant.get(), title);
  }

  private GrantLine line(Tokens own, GrantId grant, String title)
      throws ClientException, TroubleException {
    try {
      return new GrantLine(
          title, GrantLine.State.STANDS, client.queryGrant(own, grant).createdAt());
    } catch (ServerRefused e) {
      if (e.status() == NOT_FOUND) {
        return new GrantLine(title, GrantLine.State.ENDED, Optional.empty());
      }
      throw new TroubleException(Trouble.UNAVAILABLE, e);
    }
  }
}
