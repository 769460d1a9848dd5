package dev.countersign.server.metrics;

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
import dev.countersign.store.OnceKeys;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.RefreshRotation;
import dev.countersign.store.Registration;
import dev.countersign.store.Session;
import dev.countersign.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store whose operations are timed, one by one and by name, so that none is measured by accident
 * or forgotten.
 */
final class MeteredStore implements Store {
  private final Store store;
  private final StoreTimers timers;

  MeteredStore(Store store, MeterRegistry registry) {
    this.store = store;
    this.timers = new StoreTimers(registry);
  }

  @Override
  public OnceKeys.Outcome useOnce(Set<OnceKey> keys, Instant now) {
    return timers.timed(StoreOperation.USE_ONCE, () -> store.useOnce(keys, now));
  }

  @Override
  public PushOutcome pushRequest(PushedRequest request, Set<OnceKey> once, Instant now) {
    return timers.timed(StoreOperation.PUSH_REQUEST, () -> store.pushRequest(request, once, now));
  }

  @Override
  public Optional<PushedRequest> findRequest(SecretDigest requestUri, Instant now) {
    return timers.timed(StoreOperation.FIND_REQUEST, () -> store.findRequest(requestUri, now));
  }

  @Override
  public OpenOutcome openInteraction(
      SecretDigest requestUri,
      SecretDigest interaction,
      SecretDigest browser,
      Instant expiresAt,
      Instant now) {
    return timers.timed(
        StoreOperation.OPEN_INTERACTION,
        () -> store.openInteraction(requestUri, interaction, browser, expiresAt, now));
  }

  @Override
  public Optional<Interaction> findInteraction(SecretDigest interaction, Instant now) {
    return timers.timed(
        StoreOperation.FIND_INTERACTION, () -> store.findInteraction(interaction, now));
  }

  @Override
  public boolean recordLogin(SecretDigest interaction, Login login, Instant now) {
    return timers.timed(
        StoreOperation.RECORD_LOGIN, () -> store.recordLogin(interaction, login, now));
  }

  @Override
  public Decision issueCode(
      SecretDigest interaction, IssuedCode code, NewConsent consent, Instant now) {
    return timers.timed(
        StoreOperation.ISSUE_CODE, () -> store.issueCode(interaction, code, consent, now));
  }

  @Override
  public UnaskedDecision issueCodeUnasked(
      SecretDigest interaction, IssuedCode code, Consent asked, Instant now) {
    return timers.timed(
        StoreOperation.ISSUE_CODE_UNASKED,
        () -> store.issueCodeUnasked(interaction, code, asked, now));
  }

  @Override
  public Consent findConsent(Subject person, ClientId client, Instant now) {
    return timers.timed(StoreOperation.FIND_CONSENT, () -> store.findConsent(person, client, now));
  }

  @Override
  public Decision refuse(SecretDigest interaction, Instant now) {
    return timers.timed(StoreOperation.REFUSE, () -> store.refuse(interaction, now));
  }

  @Override
  public Optional<IssuedCode> findCode(SecretDigest code, Instant now) {
    return timers.timed(StoreOperation.FIND_CODE, () -> store.findCode(code, now));
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
    return timers.timed(
        StoreOperation.REDEEM_CODE,
        () -> store.redeemCode(code, client, change, accessToken, refreshToken, once, now));
  }

  @Override
  public Optional<Grant> findByRefreshToken(SecretDigest refreshToken, Instant now) {
    return timers.timed(
        StoreOperation.FIND_BY_REFRESH_TOKEN, () -> store.findByRefreshToken(refreshToken, now));
  }

  @Override
  public RefreshOutcome refresh(
      SecretDigest refreshToken,
      NewAccessToken accessToken,
      Optional<RefreshRotation> rotation,
      Set<OnceKey> once,
      Instant now) {
    return timers.timed(
        StoreOperation.REFRESH,
        () -> store.refresh(refreshToken, accessToken, rotation, once, now));
  }

  @Override
  public ClientTokenOutcome issueToClient(NewClientToken token, Set<OnceKey> once, Instant now) {
    return timers.timed(
        StoreOperation.ISSUE_TO_CLIENT, () -> store.issueToClient(token, once, now));
  }

  @Override
  public Optional<Grant> findByAccessToken(Jti jti, Instant now) {
    return timers.timed(
        StoreOperation.FIND_BY_ACCESS_TOKEN, () -> store.findByAccessToken(jti, now));
  }

  @Override
  public Optional<ClientId> findClientByAccessToken(Jti jti, Instant now) {
    return timers.timed(
        StoreOperation.FIND_CLIENT_BY_ACCESS_TOKEN, () -> store.findClientByAccessToken(jti, now));
  }

  @Override
  public Optional<JsonObject> findOpaqueToken(SecretDigest accessToken, Instant now) {
    return timers.timed(
        StoreOperation.FIND_OPAQUE_TOKEN, () -> store.findOpaqueToken(accessToken, now));
  }

  @Override
  public Optional<GrantRecord> findGrant(GrantId grant, Instant now) {
    return timers.timed(StoreOperation.FIND_GRANT, () -> store.findGrant(grant, now));
  }

  @Override
  public List<GrantRecord> findGrants(
      GrantFilter filter, Optional<GrantId> after, int limit, Instant now) {
    return timers.timed(
        StoreOperation.FIND_GRANTS, () -> store.findGrants(filter, after, limit, now));
  }

  @Override
  public int revokeGrantsOf(ClientId client, int limit, Instant now) {
    return timers.timed(
        StoreOperation.REVOKE_GRANTS_OF, () -> store.revokeGrantsOf(client, limit, now));
  }

  @Override
  public Ended findEnded(ResourceIndicator resource, Instant now) {
    return timers.timed(StoreOperation.FIND_ENDED, () -> store.findEnded(resource, now));
  }

  @Override
  public RevokeOutcome revokeGrant(GrantId grant, Set<OnceKey> once, Instant now) {
    return timers.timed(StoreOperation.REVOKE_GRANT, () -> store.revokeGrant(grant, once, now));
  }

  @Override
  public RevokeOutcome revokeClientToken(Jti jti, Set<OnceKey> once, Instant now) {
    return timers.timed(
        StoreOperation.REVOKE_CLIENT_TOKEN, () -> store.revokeClientToken(jti, once, now));
  }

  @Override
  public void openSession(Session session, Optional<SecretDigest> replaced, Instant now) {
    timers.run(StoreOperation.OPEN_SESSION, () -> store.openSession(session, replaced, now));
  }

  @Override
  public Optional<Session> findSession(SecretDigest id, Instant now) {
    return timers.timed(StoreOperation.FIND_SESSION, () -> store.findSession(id, now));
  }

  @Override
  public void endSession(SecretDigest id, Instant now) {
    timers.run(StoreOperation.END_SESSION, () -> store.endSession(id, now));
  }

  @Override
  public List<KeyRecord> keysOrCreate(String purpose, List<KeyRecord> fresh) {
    return timers.timed(StoreOperation.KEYS_OR_CREATE, () -> store.keysOrCreate(purpose, fresh));
  }

  @Override
  public RegisterOutcome register(Registration registration, int limit) {
    return timers.timed(StoreOperation.REGISTER, () -> store.register(registration, limit));
  }

  @Override
  public Optional<Registration> findRegistration(ClientId client) {
    return timers.timed(StoreOperation.FIND_REGISTRATION, () -> store.findRegistration(client));
  }

  @Override
  public boolean replaceRegistration(
      ClientId client,
      SecretDigest accessToken,
      JsonObject before,
      JsonObject metadata,
      Instant now) {
    return timers.timed(
        StoreOperation.REPLACE_REGISTRATION,
        () -> store.replaceRegistration(client, accessToken, before, metadata, now));
  }

  @Override
  public boolean recordAuthentication(ClientId client) {
    return timers.timed(
        StoreOperation.RECORD_AUTHENTICATION, () -> store.recordAuthentication(client));
  }

  @Override
  public List<ClientId> endUnusedRegistrations(Instant since, int limit, Instant now) {
    return timers.timed(
        StoreOperation.END_UNUSED_REGISTRATIONS,
        () -> store.endUnusedRegistrations(since, limit, now));
  }

  @Override
  public boolean endRegistration(ClientId client, Instant now) {
    return timers.timed(StoreOperation.END_REGISTRATION, () -> store.endRegistration(client, now));
  }

  @Override
  public boolean endRegistration(ClientId client, SecretDigest accessToken, Instant now) {
    return timers.timed(
        StoreOperation.END_REGISTRATION, () -> store.endRegistration(client, accessToken, now));
  }

  @Override
  public int sweep(Instant now, int limit) {
    return timers.timed(StoreOperation.SWEEP, () -> store.sweep(now, limit));
  }

  @Override
  public void close() {
    store.close();
  }
}
