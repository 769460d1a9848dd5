package dev.countersign.server.operator;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.GrantFilter;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the query of an operator asks for. Another parameter, or one twice, is refused. */
final class Asked {
  private static final String USER = "user";
  private static final String CLIENT = "client_id";
  private static final String AFTER = "after";
  private static final String LIMIT = "limit";

  private static final int USUAL = 100;
  private static final int MOST = 500;

  private Asked() {}

  /** One page of grants. */
  record Page(GrantFilter filter, Optional<GrantId> after, int limit) {}

  /** Some of the grants of a client. */
  record OfClient(ClientId client, int limit) {}

  /** There is no list of all grants: the caller says whose. */
  @Enforces({"GM-6-1"})
  static Page toList(HttpRequest request, People people) {
    Form query = query(request, Set.of(USER, CLIENT, AFTER, LIMIT));
    Optional<Subject> person = value(query, USER, people::named);
    Optional<ClientId> client = value(query, CLIENT, ClientId::new);
    if (person.isEmpty() && client.isEmpty()) {
      throw refused("user or client_id is needed", "neither is there");
    }
    return new Page(
        new GrantFilter(person, client), value(query, AFTER, GrantId::new), limit(query));
  }

  static OfClient toEnd(HttpRequest request) {
    Form query = query(request, Set.of(CLIENT, LIMIT));
    ClientId client =
        value(query, CLIENT, ClientId::new)
            .orElseThrow(() -> refused("client_id is needed", "it is missing"));
    return new OfClient(client, limit(query));
  }

  private static Form query(HttpRequest request, Set<String> known) {
    Form query = Form.parseQuery(request.query().orElse(""));
    if (!known.containsAll(query.names())) {
      throw refused("a parameter is unknown", query.names() + " are there");
    }
    return query;
  }

  private static int limit(Form query) {
    return value(query, LIMIT, Asked::limit).orElse(USUAL);
  }

  private static int limit(String text) {
    int limit = Integer.parseInt(text);
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST);
    }
    return limit;
  }

  private static <T> Optional<T> value(Form query, String name, Function<String, T> type) {
    try {
      return query.value(name).map(type);
    } catch (IllegalArgumentException malformed) {
      throw refused("a parameter is malformed", name + ": " + malformed.getMessage());
    }
  }

  private static RefusalException refused(String description, String detail) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST, "GM-6-1", description)
        .withDetail(detail)
        .exception();
  }
}
