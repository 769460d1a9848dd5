package dev.countersign.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.OnceKey;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.PushedRequests.PushOutcome;
import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The table {@code pushed_requests}. */
final class RequestRows {

  /** What stands in the text of a request that was signed. */
  private static final String SIGNED = "signed";

  private static final String PUSH =
      """
      INSERT INTO pushed_requests (request_uri, client_id, request, expires_at, forget_at)
      VALUES (?, ?, ?, ?, ?)\
      """;

  private static final String FIND =
      """
      SELECT request_uri, client_id, request, expires_at FROM pushed_requests
      WHERE request_uri = ? AND expires_at > ?\
      """;

  private RequestRows() {}

  static Change<PushOutcome> push(Sql sql, PushedRequest request, Set<OnceKey> once)
      throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new PushOutcome.Replayed(replayed.get()));
    }
    sql.update(
        PUSH,
        request.requestUri(),
        request.request().clientId().value(),
        text(request),
        request.expiresAt(),
        request.expiresAt());
    return Change.kept(new PushOutcome.Pushed());
  }

  @Enforces({"PAR-8"})
  static Optional<PushedRequest> find(Sql sql, SecretDigest requestUri, Instant now)
      throws SQLException {
    return sql.first(FIND, RequestRows::read, requestUri, now);
  }

  static PushedRequest read(Row row) throws SQLException {
    return new PushedRequest(
        row.digest("request_uri"),
        authorizationRequest(row),
        form(row).has(SIGNED),
        row.instant("expires_at"));
  }

  /**
   * The request, and whether it was signed. No parameter of a client can say that: of those that it
   * sends, only what the type has room for is written, and none is called so.
   */
  private static String text(PushedRequest request) {
    String text = text(request.request());
    return request.signed() ? text + "&" + SIGNED + "=true" : text;
  }

  /** How a request is stored: as the form that was pushed, in our own order and encoding. */
  static String text(AuthorizationRequest request) {
    return request.toForm().encode();
  }

  static AuthorizationRequest authorizationRequest(Row row) throws SQLException {
    try {
      return AuthorizationRequest.read(form(row), new ClientId(row.text("client_id")));
    } catch (RefusalException e) {
      throw new StoreException("A stored authorization request cannot be read", e);
    }
  }

  private static Form form(Row row) throws SQLException {
    return Form.parseBody(row.text("request").getBytes(UTF_8));
  }
}
