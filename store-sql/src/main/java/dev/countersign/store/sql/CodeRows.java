package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.CodeRecord;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The table {@code codes}. */
final class CodeRows {

  /** How long a code is remembered after it expired, to recognise that it is sent again. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final String KEEP =
      "INSERT INTO codes ("
          + GrantColumns.NAMES
          + ", code, request, lasting, expires_at, forget_at) VALUES ("
          + GrantColumns.PLACES
          + ", ?, ?, ?, ?, ?)";

  private static final String FIND =
      "SELECT "
          + GrantColumns.NAMES
          + ", code, request, lasting, expires_at, redeemed_at FROM codes WHERE code = ? AND"
          + " forget_at > ?";

  /** Both the check and the mark: of two that race only one finds the code not redeemed. */
  private static final String REDEEM =
      """
      UPDATE codes SET redeemed_at = ?
      WHERE code = ? AND client_id = ? AND redeemed_at IS NULL AND expires_at > ?
      RETURNING \
      """
          + GrantColumns.NAMES;

  private static final String FORGET_OPEN =
      "DELETE FROM codes WHERE client_id = ? AND redeemed_at IS NULL";

  private static final String WHY_NOT =
      """
      SELECT grant_id, subject, redeemed_at FROM codes
      WHERE code = ? AND client_id = ? AND forget_at > ?\
      """;

  private CodeRows() {}

  static void keep(Sql sql, IssuedCode code) throws SQLException {
    sql.update(
        KEEP,
        GrantColumns.values(
            code.grant(),
            code.code(),
            RequestRows.text(code.request()),
            code.lasting() ? 1 : 0,
            code.expiresAt(),
            code.expiresAt().plus(REMEMBERED)));
  }

  /**
   * Codes of a client that were not redeemed; the others are remembered, should they come again.
   */
  static void forgetOpen(Sql sql, ClientId client) throws SQLException {
    sql.update(FORGET_OPEN, client.value());
  }

  static Optional<CodeRecord> find(Sql sql, SecretDigest code, Instant now) throws SQLException {
    return sql.first(FIND, CodeRows::read, code, now);
  }

  /** What redemption keeps when the code is good. */
  record Tokens(NewAccessToken access, Optional<NewRefreshToken> refresh) {}

  @Enforces({"SP-5.3.2.1-11", "SP-5.3.2.2-9"})
  static Change<RedeemOutcome> redeem(
      Sql sql,
      SecretDigest code,
      ClientId client,
      Optional<GrantChange> change,
      Tokens tokens,
      Set<OnceKey> once,
      Instant now)
      throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new RedeemOutcome.KeyReplayed(replayed.get()));
    }
    Optional<Grant> grant = sql.first(REDEEM, GrantColumns::read, now, code, client.value(), now);
    if (grant.isEmpty()) {
      return refuse(sql, code, client, now);
    }
    if (change.isEmpty()) {
      GrantRows.make(sql, grant.get(), tokens, now);
      return Change.kept(new RedeemOutcome.Redeemed(grant.get()));
    }
    requireSame(grant.get(), change.get().after());
    if (!GrantRows.change(sql, change.get(), tokens, now)) {
      return Change.undone(new RedeemOutcome.GrantMoved());
    }
    if (change.get().replaces()) {
      ConsentRows.forget(sql, grant.get().login().subject(), client);
    }
    return Change.kept(new RedeemOutcome.Redeemed(change.get().after()));
  }

  /** A code is good for the grant that it was issued for, and for no other person's. */
  private static void requireSame(Grant ofCode, Grant after) {
    if (!after.id().equals(ofCode.id())
        || !after.clientId().equals(ofCode.clientId())
        || !after.login().subject().equals(ofCode.login().subject())) {
      throw new IllegalArgumentException(
          "GrantChange.after must be the grant, client and person of the code");
    }
  }

  private static Change<RedeemOutcome> refuse(
      Sql sql, SecretDigest code, ClientId client, Instant now) throws SQLException {
    Optional<Known> known =
        sql.first(
            WHY_NOT,
            row ->
                new Known(
                    new GrantId(row.text("grant_id")),
                    new Subject(row.text("subject")),
                    row.has("redeemed_at")),
            code,
            client.value(),
            now);
    if (known.isEmpty()) {
      return Change.undone(new RedeemOutcome.Unknown());
    }
    if (!known.get().redeemed()) {
      return Change.undone(new RedeemOutcome.Expired());
    }
    GrantRows.end(sql, known.get().grant(), now);
    ConsentRows.forget(sql, known.get().person(), client);
    return Change.kept(new RedeemOutcome.Replayed(known.get().grant()));
  }

  /** What is left to know of a code that cannot be redeemed. */
  private record Known(GrantId grant, Subject person, boolean redeemed) {}

  private static CodeRecord read(Row row) throws SQLException {
    return new CodeRecord(
        new IssuedCode(
            row.digest("code"),
            RequestRows.authorizationRequest(row),
            GrantColumns.read(row),
            row.number("lasting") != 0,
            row.instant("expires_at")),
        row.has("redeemed_at"));
  }
}
