package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.Interaction;
import dev.countersign.store.Interactions;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.Interactions.OpenOutcome;
import dev.countersign.store.Interactions.UnaskedDecision;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.Login;
import dev.countersign.store.NewConsent;
import dev.countersign.store.PushedRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code interactions}, and what ends a pushed request. */
final class InteractionRows {

  /** A request stays for as long as an interaction about it does. */
  private static final String KEEP_REQUEST =
      """
      UPDATE pushed_requests SET forget_at = CASE WHEN forget_at < ? THEN ? ELSE forget_at END
      WHERE request_uri = ? AND expires_at > ?
      RETURNING request_uri, client_id, request, expires_at\
      """;

  private static final String OPEN =
      """
      INSERT INTO interactions (interaction, browser, request_uri, forget_at)
      VALUES (?, ?, ?, ?)\
      """;

  private static final String COUNT =
      "SELECT COUNT(*) AS open FROM interactions WHERE request_uri = ? AND forget_at > ?";

  private static final String FIND =
      """
      SELECT i.interaction, i.browser, i.subject, i.auth_time, i.acr, i.forget_at,
        r.request_uri, r.client_id, r.request, r.expires_at
      FROM interactions i JOIN pushed_requests r ON r.request_uri = i.request_uri
      WHERE i.interaction = ? AND i.forget_at > ?\
      """;

  private static final String LOG_IN =
      """
      UPDATE interactions SET subject = ?, auth_time = ?, acr = ?
      WHERE interaction = ? AND forget_at > ?\
      """;

  /** The interactions of the request go with it, by its foreign key. */
  private static final String TAKE_REQUEST =
      """
      DELETE FROM pushed_requests WHERE request_uri =
        (SELECT request_uri FROM interactions WHERE interaction = ? AND forget_at > ?)\
      """;

  private InteractionRows() {}

  static Change<OpenOutcome> open(
      Sql sql,
      SecretDigest requestUri,
      SecretDigest id,
      SecretDigest browser,
      Instant expiresAt,
      Instant now)
      throws SQLException {
    Optional<PushedRequest> request =
        sql.first(KEEP_REQUEST, RequestRows::read, expiresAt, expiresAt, requestUri, now);
    if (request.isEmpty()) {
      return Change.undone(new OpenOutcome.RequestGone());
    }
    if (sql.first(COUNT, row -> row.number("open"), requestUri, now).orElseThrow()
        >= Interactions.MOST_OPEN) {
      return Change.undone(new OpenOutcome.TooMany());
    }
    sql.update(OPEN, id, browser, requestUri, expiresAt);
    return Change.kept(
        new OpenOutcome.Opened(
            new Interaction(id, browser, request.get(), Optional.empty(), expiresAt)));
  }

  static Optional<Interaction> find(Sql sql, SecretDigest id, Instant now) throws SQLException {
    return sql.first(FIND, InteractionRows::read, id, now);
  }

  static Change<Boolean> recordLogin(Sql sql, SecretDigest id, Login login, Instant now)
      throws SQLException {
    int noted = sql.update(LOG_IN, login.subject().value(), login.authTime(), login.acr(), id, now);
    return Change.kept(noted == 1);
  }

  static Change<Decision> issueCode(
      Sql sql, SecretDigest id, IssuedCode code, NewConsent consent, Instant now)
      throws SQLException {
    if (!takeRequest(sql, id, now)) {
      return Change.undone(new Decision.Gone());
    }
    CodeRows.keep(sql, code);
    ConsentRows.remember(sql, code.grant(), consent);
    return Change.kept(new Decision.Taken());
  }

  static Change<UnaskedDecision> issueCodeUnasked(
      Sql sql, SecretDigest id, IssuedCode code, Consent asked, Instant now) throws SQLException {
    if (!takeRequest(sql, id, now)) {
      return Change.undone(new UnaskedDecision.Gone());
    }
    Grant grant = code.grant();
    if (!ConsentRows.find(sql, grant.login().subject(), grant.clientId(), now).covers(asked)) {
      return Change.undone(new UnaskedDecision.Forgotten());
    }
    CodeRows.keep(sql, code);
    return Change.kept(new UnaskedDecision.Taken());
  }

  static Change<Decision> refuse(Sql sql, SecretDigest id, Instant now) throws SQLException {
    return takeRequest(sql, id, now)
        ? Change.kept(new Decision.Taken())
        : Change.undone(new Decision.Gone());
  }

  @Enforces({"SP-5.3.2.2-N3", "PAR-8"})
  private static boolean takeRequest(Sql sql, SecretDigest id, Instant now) throws SQLException {
    return sql.update(TAKE_REQUEST, id, now) == 1;
  }

  private static Interaction read(Row row) throws SQLException {
    return new Interaction(
        row.digest("interaction"),
        row.digest("browser"),
        RequestRows.read(row),
        row.has("subject") ? Optional.of(login(row)) : Optional.empty(),
        row.instant("forget_at"));
  }

  /** The login in a row of any table that has one. */
  static Login login(Row row) throws SQLException {
    return new Login(
        new Subject(row.text("subject")), row.instant("auth_time"), row.optionalText("acr"));
  }
}
