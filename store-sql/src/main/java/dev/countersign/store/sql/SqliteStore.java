package dev.countersign.store.sql;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.GrantFilter;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.Interaction;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.Login;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewClientToken;
import dev.countersign.store.NewConsent;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.RefreshRotation;
import dev.countersign.store.Registration;
import dev.countersign.store.Session;
import dev.countersign.store.Store;
import dev.countersign.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The store in one SQLite file, for one process.
 *
 * <p>Every operation that changes something returns after its transaction is committed and synced:
 * the file runs with a write-ahead log and {@code synchronous=FULL}, both read back at start.
 * Operations that wait at the same time share one commit; each of them still happens whole or not
 * at all on its own. Looks see committed data only.
 *
 * <p>Times are kept to the nanosecond between the years 1678 and 2262; what lies outside counts as
 * the end of that range.
 *
 * <p>Safe for use by any number of threads at once.
 */
public final class SqliteStore implements Store {

  private final StateFile file;
  private final GroupCommit transactions;
  private final Writer writer;
  private final Readers readers;

  private SqliteStore(StateFile file, GroupCommit transactions, Writer writer, Readers readers) {
    this.file = file;
    this.transactions = transactions;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens the store in this file and makes the file if it is not there, readable and writable by
   * its owner only. Its directory must exist. SQLite keeps two files beside it while it is open
   * ({@code -wal}, {@code -shm}), the store a third one ({@code .lock}).
   *
   * <p>A file that another process uses, that is open to other users, that cannot be written, whose
   * schema is newer than this code, or on which SQLite cannot be durable is refused with a {@link
   * StoreException} that says so.
   */
  public static SqliteStore open(Path file) {
    return open(file, SqliteConnections::new);
  }

  /**
   * Whether {@link #open} would find the file, or a place to make it, as far as can be told without
   * touching it: another process may use it, and what is in it is not looked at.
   *
   * @throws StoreException that says what stands in the way
   */
  public static void requireUsable(Path file) {
    StateFile.requireUsable(file);
  }

  /** Opens the store with connections from elsewhere, for tests that break them. */
  static SqliteStore open(Path file, Function<Path, Connections> source) {
    StateFile held = StateFile.hold(file);
    try {
      try {
        return open(held, source.apply(held.path()));
      } catch (SQLException | RuntimeException e) {
        held.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException(
          "The state file " + held.path() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static SqliteStore open(StateFile held, Connections connections) throws SQLException {
    // The first connection makes the file one with a write-ahead log, before anything is in it.
    GroupCommit transactions = new GroupCommit(connections, new Sql(connections.writer()));
    try {
      Migrations.run(held.path());
      Readers readers = Readers.open(connections);
      return new SqliteStore(held, transactions, Writer.start(transactions), readers);
    } catch (SQLException | RuntimeException e) {
      transactions.close();
      throw e;
    }
  }

  @Override
  public Outcome useOnce(Set<OnceKey> keys, Instant now) {
    return writer.perform(sql -> OnceKeyRows.useOnce(sql, keys));
  }

  @Override
  public PushOutcome pushRequest(PushedRequest request, Set<OnceKey> once, Instant now) {
    return writer.perform(sql -> RequestRows.push(sql, request, once));
  }

  @Override
  public Optional<PushedRequest> findRequest(SecretDigest requestUri, Instant now) {
    return readers.look(sql -> RequestRows.find(sql, requestUri, now));
  }

  @Override
  public OpenOutcome openInteraction(
      SecretDigest requestUri,
      SecretDigest interaction,
      SecretDigest browser,
      Instant expiresAt,
      Instant now) {
    return writer.perform(
        sql -> InteractionRows.open(sql, requestUri, interaction, browser, expiresAt, now));
  }

  @Override
  public Optional<Interaction> findInteraction(SecretDigest interaction, Instant now) {
    return readers.look(sql -> InteractionRows.find(sql, interaction, now));
  }

  @Override
  public boolean recordLogin(SecretDigest interaction, Login login, Instant now) {
    return writer.perform(sql -> InteractionRows.recordLogin(sql, interaction, login, now));
  }

  @Override
  public Decision issueCode(
      SecretDigest interaction, IssuedCode code, NewConsent consent, Instant now) {
    return writer.perform(sql -> InteractionRows.issueCode(sql, interaction, code, consent, now));
  }

  @Override
  public UnaskedDecision issueCodeUnasked(
      SecretDigest interaction, IssuedCode code, Consent asked, Instant now) {
    return writer.perform(
        sql -> InteractionRows.issueCodeUnasked(sql, interaction, code, asked, now));
  }

  @Override
  public Decision refuse(SecretDigest interaction, Instant now) {
    return writer.perform(sql -> InteractionRows.refuse(sql, interaction, now));
  }

  @Override
  public Consent findConsent(Subject person, ClientId client, Instant now) {
    return readers.look(sql -> ConsentRows.find(sql, person, client, now));
  }

  @Override
  public Optional<IssuedCode> findCode(SecretDigest code, Instant now) {
    return readers.look(sql -> CodeRows.find(sql, code, now));
  }

  @Override
  public RedeemOutcome redeemCode(
      SecretDigest code,
      ClientId client,
      Optional<GrantChange> change,
      NewAccessToken accessToken,
      Optional<NewRefreshToken> refreshToken,
      Set<OnceKey> once,
      Instant now) {
    CodeRows.Tokens tokens = new CodeRows.Tokens(accessToken, refreshToken);
    return writer.perform(sql -> CodeRows.redeem(sql, code, client, change, tokens, once, now));
  }

  @Override
  public Optional<Grant> findByRefreshToken(SecretDigest refreshToken, Instant now) {
    return readers.look(sql -> TokenRows.findByRefreshToken(sql, refreshToken, now));
  }

  @Override
  public RefreshOutcome refresh(
      SecretDigest refreshToken,
      NewAccessToken accessToken,
      Optional<RefreshRotation> rotation,
      Set<OnceKey> once,
      Instant now) {
    return writer.perform(
        sql -> TokenRows.refresh(sql, refreshToken, accessToken, rotation, once, now));
  }

  @Override
  public ClientTokenOutcome issueToClient(NewClientToken token, Set<OnceKey> once, Instant now) {
    return writer.perform(sql -> TokenRows.issueToClient(sql, token, once));
  }

  @Override
  public Optional<Grant> findByAccessToken(Jti jti, Instant now) {
    return readers.look(sql -> TokenRows.findByAccessToken(sql, jti, now));
  }

  @Override
  public Optional<ClientId> findClientByAccessToken(Jti jti, Instant now) {
    return readers.look(sql -> TokenRows.findClientByAccessToken(sql, jti, now));
  }

  @Override
  public Optional<JsonObject> findOpaqueToken(SecretDigest accessToken, Instant now) {
    return readers.look(sql -> TokenRows.findOpaque(sql, accessToken, now));
  }

  @Override
  public Optional<GrantRecord> findGrant(GrantId grant, Instant now) {
    return readers.look(sql -> GrantRows.find(sql, grant, now));
  }

  @Override
  public List<GrantRecord> findGrants(
      GrantFilter filter, Optional<GrantId> after, int limit, Instant now) {
    requireLimit("findGrants", limit);
    return readers.look(sql -> GrantRows.page(sql, filter, after, limit, now));
  }

  @Override
  public int revokeGrantsOf(ClientId client, int limit, Instant now) {
    requireLimit("revokeGrantsOf", limit);
    return writer.perform(sql -> GrantRows.endSomeOf(sql, client, limit, now));
  }

  @Override
  public Ended findEnded(ResourceIndicator resource, Instant now) {
    return readers.look(sql -> EndedFamilyRows.find(sql, resource, now));
  }

  @Override
  public RevokeOutcome revokeGrant(GrantId grant, Set<OnceKey> once, Instant now) {
    return writer.perform(sql -> GrantRows.revoke(sql, grant, once, now));
  }

  @Override
  public RevokeOutcome revokeClientToken(Jti jti, Set<OnceKey> once, Instant now) {
    return writer.perform(sql -> TokenRows.revokeClientToken(sql, jti, once, now));
  }

  @Override
  public void openSession(Session session, Optional<SecretDigest> replaced, Instant now) {
    writer.perform(sql -> SessionRows.open(sql, session, replaced));
  }

  @Override
  public Optional<Session> findSession(SecretDigest id, Instant now) {
    return readers.look(sql -> SessionRows.find(sql, id, now));
  }

  @Override
  public void endSession(SecretDigest id, Instant now) {
    writer.perform(sql -> SessionRows.end(sql, id));
  }

  @Override
  public List<KeyRecord> keysOrCreate(String purpose, List<KeyRecord> fresh) {
    if (fresh.isEmpty()) {
      throw new IllegalArgumentException("keysOrCreate.fresh must not be empty");
    }
    List<KeyRecord> there = readers.look(sql -> KeyRows.all(sql, purpose));
    return there.isEmpty() ? writer.perform(sql -> KeyRows.allOrKeep(sql, purpose, fresh)) : there;
  }

  @Override
  public RegisterOutcome register(Registration registration, int limit) {
    requireLimit("register", limit);
    return writer.perform(sql -> RegistrationRows.register(sql, registration, limit));
  }

  @Override
  public Optional<Registration> findRegistration(ClientId client) {
    return readers.look(sql -> RegistrationRows.find(sql, client));
  }

  @Override
  public boolean replaceRegistration(
      ClientId client,
      SecretDigest accessToken,
      JsonObject before,
      JsonObject metadata,
      Instant now) {
    return writer.perform(
        sql -> RegistrationRows.replace(sql, client, accessToken, before, metadata, now));
  }

  @Override
  public boolean recordAuthentication(ClientId client) {
    return writer.perform(sql -> RegistrationRows.recordAuthentication(sql, client));
  }

  @Override
  public List<ClientId> endUnusedRegistrations(Instant since, int limit, Instant now) {
    requireLimit("endUnusedRegistrations", limit);
    return writer.perform(sql -> RegistrationRows.endUnused(sql, since, limit, now));
  }

  @Override
  public boolean endRegistration(ClientId client, SecretDigest accessToken, Instant now) {
    return writer.perform(sql -> RegistrationRows.end(sql, client, accessToken, now));
  }

  @Override
  public boolean endRegistration(ClientId client, Instant now) {
    return writer.perform(sql -> RegistrationRows.endForOperator(sql, client, now));
  }

  @Override
  public int sweep(Instant now, int limit) {
    requireLimit("sweep", limit);
    return writer.perform(sql -> Sweep.run(sql, now, limit));
  }

  @Override
  public void close() {
    try (file;
        transactions;
        readers) {
      writer.close();
    } catch (SQLException e) {
      throw new StoreException("The state file could not be closed properly", e);
    }
  }

  private static void requireLimit(String operation, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(operation + ".limit must be at least 1");
    }
  }
}
