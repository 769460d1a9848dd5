package dev.countersign.store;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Grants and the tokens that hang on them. */
public interface Grants {

  /** The grant of a refresh token that is known, not expired and not revoked; changes nothing. */
  Optional<Grant> findByRefreshToken(SecretDigest refreshToken, Instant now);

  /** As the other {@code refresh}: the refresh token itself stays as it is (SP-5.3.2.1-9). */
  default RefreshOutcome refresh(
      SecretDigest refreshToken, NewAccessToken accessToken, Set<OnceKey> once, Instant now) {
    return refresh(refreshToken, accessToken, Optional.empty(), once, now);
  }

  /**
   * Keeps the access token of a refresh and uses up the keys, together or not at all.
   *
   * <p>With a rotation, a refresh token that was issued before its time gets the successor beside
   * it, once however often it is used, with the same end; and the outcome is {@link
   * RefreshOutcome.Rotated}. The old token then works until the first use of its successor, and
   * {@code oldUntil} of its first rotation at most (SP-5.3.2.1-9a). Otherwise it stays as it is.
   *
   * <p>Of a refresh and a revocation that race either the refresh is first and its access token
   * ends with the grant, or it is {@link RefreshOutcome.Unknown}. Whose token it is was judged
   * before, by {@link #findByRefreshToken}.
   */
  RefreshOutcome refresh(
      SecretDigest refreshToken,
      NewAccessToken accessToken,
      Optional<RefreshRotation> rotation,
      Set<OnceKey> once,
      Instant now);

  /**
   * Keeps an access token that a client got for itself, without a grant of a person, and uses up
   * the keys, together or not at all.
   *
   * <p>Of this and the end of the client's registration that race either the token is first and
   * ends with the registration, or it is {@link ClientTokenOutcome.ClientGone}.
   */
  ClientTokenOutcome issueToClient(NewClientToken token, Set<OnceKey> once, Instant now);

  /**
   * The grant of an access token that is known, not expired and not revoked. Empty for a token that
   * a client got for itself.
   */
  Optional<Grant> findByAccessToken(Jti jti, Instant now);

  /**
   * What an opaque access token says that is known, not expired and not revoked; only a token that
   * was kept with its claims is found.
   */
  Optional<JsonObject> findOpaqueToken(SecretDigest accessToken, Instant now);

  /**
   * Whose an access token is that a client got for itself, if it is known, not expired and not
   * revoked. Empty for a token of a grant.
   */
  Optional<ClientId> findClientByAccessToken(Jti jti, Instant now);

  /**
   * Ends a grant and with it all its tokens, and uses up the keys, together or not at all. When
   * this returns, no operation finds the grant or a token of it any more, and nothing is remembered
   * of what its person allowed its client ({@link Consents}). A grant whose tokens have all expired
   * is over as well and may be {@link RevokeOutcome.AlreadyGone}; what was allowed is then still
   * remembered.
   */
  RevokeOutcome revokeGrant(GrantId grant, Set<OnceKey> once, Instant now);

  /**
   * Ends an access token that a client got for itself and uses up the keys, together or not at all.
   * When this returns, no operation finds the token any more. A token of a grant is left alone:
   * that is {@link RevokeOutcome.AlreadyGone} like one that is unknown, and one that has expired
   * may be.
   */
  RevokeOutcome revokeClientToken(Jti jti, Set<OnceKey> once, Instant now);

  /** What came of {@link #refresh}. */
  sealed interface RefreshOutcome {
    /** The access token is kept. */
    record Refreshed(Grant grant) implements RefreshOutcome {}

    /** The access token is kept, and so is the successor of the refresh token. */
    record Rotated(Grant grant) implements RefreshOutcome {}

    /** The refresh token is unknown, expired or revoked; nothing happened. */
    record Unknown() implements RefreshOutcome {}

    /** A key was used before; nothing happened. */
    record KeyReplayed(OnceKey key) implements RefreshOutcome {}
  }

  /** What came of {@link #issueToClient}. */
  sealed interface ClientTokenOutcome {
    /** The access token is kept. */
    record Issued() implements ClientTokenOutcome {}

    /** The registration of the client has ended; nothing happened. */
    record ClientGone() implements ClientTokenOutcome {}

    /** A key was used before; nothing happened. */
    record KeyReplayed(OnceKey key) implements ClientTokenOutcome {}
  }

  /** What came of {@link #revokeGrant} or {@link #revokeClientToken}. */
  sealed interface RevokeOutcome {
    /** It is revoked now. */
    record Revoked() implements RevokeOutcome {}

    /** It is unknown or was revoked before; the keys are used up all the same. */
    record AlreadyGone() implements RevokeOutcome {}

    /** A key was used before; nothing happened. */
    record KeyReplayed(OnceKey key) implements RevokeOutcome {}
  }
}
