package dev.countersign.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants.ClientTokenOutcome;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewClientToken;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OpaqueAccessToken;
import dev.countersign.store.RefreshRotation;
import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tables {@code refresh_tokens} and {@code access_tokens}. */
final class TokenRows {

  private static final String KEEP_REFRESH_TOKEN =
      """
      INSERT INTO refresh_tokens (refresh_token, grant_id, forget_at, issued_at)
      VALUES (?, ?, ?, ?)\
      """;

  private static final String IS_ISSUED_BEFORE =
      "SELECT 1 FROM refresh_tokens WHERE refresh_token = ? AND issued_at < ?";

  /** With the end of the old one, which must not be shortened yet; nothing if it is there. */
  private static final String KEEP_SUCCESSOR =
      """
      INSERT INTO refresh_tokens (refresh_token, grant_id, forget_at, issued_at, predecessor)
      SELECT ?, grant_id, forget_at, ?, refresh_token FROM refresh_tokens WHERE refresh_token = ?
      ON CONFLICT (refresh_token) DO NOTHING\
      """;

  /** The first rotation counts: a later one is no sooner. */
  private static final String SHORTEN =
      "UPDATE refresh_tokens SET forget_at = ? WHERE refresh_token = ? AND forget_at > ?";

  private static final String END_PREDECESSOR =
      """
      DELETE FROM refresh_tokens WHERE refresh_token =
        (SELECT predecessor FROM refresh_tokens WHERE refresh_token = ?)\
      """;

  private static final String END_REFRESH_TOKENS = "DELETE FROM refresh_tokens WHERE grant_id = ?";

  private static final String END_ACCESS_TOKENS = "DELETE FROM access_tokens WHERE grant_id = ?";

  private static final String KEEP_ACCESS_TOKEN =
      """
      INSERT INTO access_tokens (jti, client_id, grant_id, forget_at, digest, claims, resources)
      VALUES (?, ?, ?, ?, ?, ?, ?)\
      """;

  private static final String FIND_BY_REFRESH_TOKEN =
      """
      SELECT g.* FROM refresh_tokens t JOIN grants g ON g.grant_id = t.grant_id
      WHERE t.refresh_token = ? AND t.forget_at > ?\
      """;

  private static final String FIND_BY_ACCESS_TOKEN =
      """
      SELECT g.* FROM access_tokens t JOIN grants g ON g.grant_id = t.grant_id
      WHERE t.jti = ? AND t.forget_at > ?\
      """;

  private static final String FIND_CLIENT_BY_ACCESS_TOKEN =
      """
      SELECT client_id FROM access_tokens
      WHERE jti = ? AND grant_id IS NULL AND forget_at > ?\
      """;

  static final String FIND_OPAQUE =
      "SELECT claims FROM access_tokens WHERE digest = ? AND forget_at > ?";

  private static final String END_CLIENT_TOKEN =
      "DELETE FROM access_tokens WHERE jti = ? AND grant_id IS NULL";

  private TokenRows() {}

  static Optional<Grant> findByRefreshToken(Sql sql, SecretDigest refreshToken, Instant now)
      throws SQLException {
    return sql.first(FIND_BY_REFRESH_TOKEN, GrantColumns::read, refreshToken, now);
  }

  static Optional<Grant> findByAccessToken(Sql sql, Jti jti, Instant now) throws SQLException {
    return sql.first(FIND_BY_ACCESS_TOKEN, GrantColumns::read, jti.value(), now);
  }

  static Optional<ClientId> findClientByAccessToken(Sql sql, Jti jti, Instant now)
      throws SQLException {
    return sql.first(
        FIND_CLIENT_BY_ACCESS_TOKEN, row -> new ClientId(row.text("client_id")), jti.value(), now);
  }

  static Optional<JsonObject> findOpaque(Sql sql, SecretDigest accessToken, Instant now)
      throws SQLException {
    return sql.first(FIND_OPAQUE, row -> claims(row.text("claims")), accessToken, now);
  }

  @Enforces({"SP-5.3.2.1-9"})
  static Change<RefreshOutcome> refresh(
      Sql sql,
      SecretDigest refreshToken,
      NewAccessToken accessToken,
      Optional<RefreshRotation> rotation,
      Set<OnceKey> once,
      Instant now)
      throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new RefreshOutcome.KeyReplayed(replayed.get()));
    }
    Optional<Refreshed> found =
        sql.first(FIND_BY_REFRESH_TOKEN, Refreshed::read, refreshToken, now);
    if (found.isEmpty()) {
      return Change.undone(new RefreshOutcome.Unknown());
    }
    Grant grant = found.get().grant();
    keep(sql, accessToken, grant);
    GrantRows.use(sql, grant.id(), accessToken, found.get().forgetAt(), now);
    sql.update(END_PREDECESSOR, refreshToken);
    return rotation.isPresent() && rotate(sql, refreshToken, rotation.get(), now)
        ? Change.kept(new RefreshOutcome.Rotated(grant))
        : Change.kept(new RefreshOutcome.Refreshed(grant));
  }

  /** The grant of a refresh token, and when it would be forgotten so far. */
  private record Refreshed(Grant grant, long forgetAt) {
    static Refreshed read(Row row) throws SQLException {
      return new Refreshed(GrantColumns.read(row), row.number("forget_at"));
    }
  }

  /** Whether the token is old enough to have a successor, which it has then. */
  @Enforces({"SP-5.3.2.1-9a"})
  private static boolean rotate(Sql sql, SecretDigest old, RefreshRotation rotation, Instant now)
      throws SQLException {
    boolean due = sql.first(IS_ISSUED_BEFORE, _ -> true, old, rotation.issuedBefore()).isPresent();
    if (due) {
      sql.update(KEEP_SUCCESSOR, rotation.successor(), now, old);
      sql.update(SHORTEN, rotation.oldUntil(), old, rotation.oldUntil());
    }
    return due;
  }

  @Enforces({"SP-6.8-4"})
  static Change<ClientTokenOutcome> issueToClient(Sql sql, NewClientToken token, Set<OnceKey> once)
      throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new ClientTokenOutcome.KeyReplayed(replayed.get()));
    }
    if (token.registered() && !RegistrationRows.isThere(sql, token.client())) {
      return Change.undone(new ClientTokenOutcome.ClientGone());
    }
    keep(sql, token.trace(), token.client(), Optional.empty(), token.resources());
    return Change.kept(new ClientTokenOutcome.Issued());
  }

  @Enforces({"RV-2"})
  static Change<RevokeOutcome> revokeClientToken(Sql sql, Jti jti, Set<OnceKey> once, Instant now)
      throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new RevokeOutcome.KeyReplayed(replayed.get()));
    }
    EndedFamilyRows.note(sql, jti, now);
    boolean ended = sql.update(END_CLIENT_TOKEN, jti.value()) > 0;
    return Change.kept(ended ? new RevokeOutcome.Revoked() : new RevokeOutcome.AlreadyGone());
  }

  /** Keeps the tokens of a redemption. */
  static void keep(Sql sql, Grant grant, CodeRows.Tokens tokens, Instant now) throws SQLException {
    if (tokens.refresh().isPresent()) {
      NewRefreshToken token = tokens.refresh().get();
      sql.update(KEEP_REFRESH_TOKEN, token.digest(), grant.id().value(), end(token), now);
    }
    keep(sql, tokens.access(), grant);
  }

  /** Where it may be used, the grant says. */
  private static void keep(Sql sql, NewAccessToken token, Grant grant) throws SQLException {
    keep(sql, token, grant.clientId(), Optional.of(grant.id()), List.of());
  }

  private static void keep(
      Sql sql,
      NewAccessToken token,
      ClientId client,
      Optional<GrantId> grant,
      List<ResourceIndicator> resources)
      throws SQLException {
    sql.update(
        KEEP_ACCESS_TOKEN,
        token.jti().value(),
        client.value(),
        grant.map(GrantId::value),
        token.expiresAt(),
        token.opaque().map(OpaqueAccessToken::digest),
        token.opaque().map(opaque -> opaque.claims().toJson()),
        GrantColumns.text(resources));
  }

  /** When a refresh token ends, as it is stored. */
  static long end(NewRefreshToken token) {
    return token.expiresAt().map(Nanos::of).orElse(Nanos.NEVER);
  }

  static void endRefreshTokens(Sql sql, GrantId grant) throws SQLException {
    sql.update(END_REFRESH_TOKENS, grant.value());
  }

  /** Those of the generation that ends; it is noted. */
  static void endAccessTokens(Sql sql, GrantId grant, Instant now) throws SQLException {
    EndedFamilyRows.note(sql, grant, now);
    sql.update(END_ACCESS_TOKENS, grant.value());
  }

  private static JsonObject claims(String text) {
    try {
      return JsonObject.parse(text.getBytes(UTF_8), GrantColumns.KEPT);
    } catch (MalformedJsonException e) {
      throw new StoreException("The stored claims of an access token cannot be read", e);
    }
  }
}
