package dev.countersign.store.sql;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants.ClientTokenOutcome;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.RefreshRotation;
import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables {@code grants}, {@code refresh_tokens} and {@code access_tokens}. */
final class GrantRows {

  private static final String ID_TOKEN = "id_token";
  private static final String USERINFO = "userinfo";

  private static final String MAKE =
      """
      INSERT INTO grants (grant_id, client_id, subject, auth_time, acr, scope, resources, claims,
        created_at, forget_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

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

  private static final String KEEP_ACCESS_TOKEN =
      "INSERT INTO access_tokens (jti, client_id, grant_id, forget_at) VALUES (?, ?, ?, ?)";

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

  private static final String KEEP_GRANT =
      "UPDATE grants SET forget_at = ? WHERE grant_id = ? AND forget_at < ?";

  /** The tokens of the grant go with it, by their foreign keys. */
  private static final String END =
      "DELETE FROM grants WHERE grant_id = ? RETURNING subject, client_id";

  private static final String END_CLIENT_TOKEN =
      "DELETE FROM access_tokens WHERE jti = ? AND grant_id IS NULL";

  private GrantRows() {}

  /** Makes the grant of a code with its first tokens. */
  @Enforces({"SP-6.8-4"})
  static void make(Sql sql, Grant grant, CodeRows.Tokens tokens, Instant now) throws SQLException {
    long forgetAt = Nanos.of(tokens.access().expiresAt());
    if (tokens.refresh().isPresent()) {
      forgetAt = Math.max(forgetAt, end(tokens.refresh().get()));
    }
    sql.update(
        MAKE,
        grant.id().value(),
        grant.clientId().value(),
        grant.login().subject().value(),
        grant.login().authTime(),
        grant.login().acr(),
        grant.scope().toString(),
        text(grant.resources()),
        text(grant.claims()),
        grant.createdAt(),
        forgetAt);
    if (tokens.refresh().isPresent()) {
      NewRefreshToken token = tokens.refresh().get();
      sql.update(KEEP_REFRESH_TOKEN, token.digest(), grant.id().value(), end(token), now);
    }
    keep(sql, tokens.access(), grant.clientId(), Optional.of(grant.id()));
  }

  static Optional<Grant> findByRefreshToken(Sql sql, SecretDigest refreshToken, Instant now)
      throws SQLException {
    return sql.first(FIND_BY_REFRESH_TOKEN, GrantRows::read, refreshToken, now);
  }

  static Optional<Grant> findByAccessToken(Sql sql, Jti jti, Instant now) throws SQLException {
    return sql.first(FIND_BY_ACCESS_TOKEN, GrantRows::read, jti.value(), now);
  }

  static Optional<ClientId> findClientByAccessToken(Sql sql, Jti jti, Instant now)
      throws SQLException {
    return sql.first(
        FIND_CLIENT_BY_ACCESS_TOKEN, row -> new ClientId(row.text("client_id")), jti.value(), now);
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
    Optional<Grant> found = findByRefreshToken(sql, refreshToken, now);
    if (found.isEmpty()) {
      return Change.undone(new RefreshOutcome.Unknown());
    }
    Grant grant = found.get();
    keep(sql, accessToken, grant.clientId(), Optional.of(grant.id()));
    sql.update(KEEP_GRANT, accessToken.expiresAt(), grant.id().value(), accessToken.expiresAt());
    sql.update(END_PREDECESSOR, refreshToken);
    return rotation.isPresent() && rotate(sql, refreshToken, rotation.get(), now)
        ? Change.kept(new RefreshOutcome.Rotated(grant))
        : Change.kept(new RefreshOutcome.Refreshed(grant));
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

  static Change<ClientTokenOutcome> issueToClient(
      Sql sql, ClientId client, NewAccessToken accessToken, Set<OnceKey> once) throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new ClientTokenOutcome.KeyReplayed(replayed.get()));
    }
    keep(sql, accessToken, client, Optional.empty());
    return Change.kept(new ClientTokenOutcome.Issued());
  }

  static Change<RevokeOutcome> revoke(Sql sql, GrantId grant, Set<OnceKey> once)
      throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new RevokeOutcome.KeyReplayed(replayed.get()));
    }
    return Change.kept(
        end(sql, grant) ? new RevokeOutcome.Revoked() : new RevokeOutcome.AlreadyGone());
  }

  @Enforces({"RV-2"})
  static Change<RevokeOutcome> revokeClientToken(Sql sql, Jti jti, Set<OnceKey> once)
      throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new RevokeOutcome.KeyReplayed(replayed.get()));
    }
    boolean ended = sql.update(END_CLIENT_TOKEN, jti.value()) > 0;
    return Change.kept(ended ? new RevokeOutcome.Revoked() : new RevokeOutcome.AlreadyGone());
  }

  /**
   * Ends the grant, with it all its tokens and what is remembered of its person and client; false
   * if there is none.
   */
  @Enforces({"SP-6.8-4"})
  static boolean end(Sql sql, GrantId grant) throws SQLException {
    Optional<Parties> parties =
        sql.first(
            END,
            row ->
                new Parties(new Subject(row.text("subject")), new ClientId(row.text("client_id"))),
            grant.value());
    if (parties.isPresent()) {
      ConsentRows.forget(sql, parties.get().person(), parties.get().client());
    }
    return parties.isPresent();
  }

  /** Who gave a grant, and whom it was given to. */
  private record Parties(Subject person, ClientId client) {}

  static Grant read(Row row) throws SQLException {
    String scope = row.text("scope");
    return new Grant(
        new GrantId(row.text("grant_id")),
        new ClientId(row.text("client_id")),
        InteractionRows.login(row),
        scope.isEmpty() ? Scope.NONE : new Scope(List.of(scope.split(" ", -1))),
        resources(row.text("resources")),
        claims(row.text("claims")),
        AuthorizationDetails.NONE,
        row.instant("created_at"));
  }

  /** Separated by spaces, which no URI contains. */
  static String text(List<ResourceIndicator> resources) {
    return resources.stream().map(ResourceIndicator::value).collect(Collectors.joining(" "));
  }

  private static List<ResourceIndicator> resources(String text) {
    return Arrays.stream(text.split(" ")).map(ResourceIndicator::new).toList();
  }

  /** As JSON, since a claim may have any name. */
  static String text(AllowedClaims claims) {
    return JsonObject.builder()
        .put(ID_TOKEN, claims.idToken())
        .put(USERINFO, claims.userinfo())
        .build()
        .toJson();
  }

  private static AllowedClaims claims(String text) {
    try {
      JsonObject json = JsonObject.parse(text);
      return new AllowedClaims(
          json.strings(ID_TOKEN).orElse(List.of()), json.strings(USERINFO).orElse(List.of()));
    } catch (MalformedJsonException e) {
      throw new StoreException("The stored claims of a grant cannot be read", e);
    }
  }

  private static void keep(Sql sql, NewAccessToken token, ClientId client, Optional<GrantId> grant)
      throws SQLException {
    sql.update(
        KEEP_ACCESS_TOKEN,
        token.jti().value(),
        client.value(),
        grant.map(GrantId::value),
        token.expiresAt());
  }

  private static long end(NewRefreshToken token) {
    return token.expiresAt().map(Nanos::of).orElse(Nanos.NEVER);
  }
}
