package dev.countersign.store;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Authorization codes, from the decision to their one redemption. */
public interface Codes {

  /**
   * The code, for the checks that come before its redemption. Also one that is expired or redeemed,
   * for as long as it is remembered: at least an hour after it expired. Looking changes nothing.
   */
  Optional<CodeRecord> findCode(SecretDigest code, Instant now);

  /**
   * Redeems the code: makes its grant or changes one that is there, keeps the tokens and uses up
   * the keys, together or not at all. Of callers that race with one code exactly one gets {@link
   * RedeemOutcome.Redeemed}; each of the others ends the grant again (RFC 6749 section 4.1.2).
   *
   * <p>With a change, the grant becomes {@code after} and its refresh tokens end; if it is replaced
   * its access tokens end as well, and nothing is remembered of what its person allowed its client
   * ({@link Consents}): what the grant lost must not come back unasked. Of two changes that race
   * the second one is {@link RedeemOutcome.GrantMoved} and has to be worked out again, so that
   * neither loses what the other added.
   *
   * <p>Order of judgement: keys used before, code unknown or of another client, code redeemed
   * before, code expired, grant moved. A code is remembered for at least an hour after it expired,
   * so that a redeemed one that is sent again late still ends its grant.
   *
   * @param client the authenticated caller; a code of another client is {@link
   *     RedeemOutcome.Unknown} to it and stays as it is
   * @param change empty: the grant of the code is made
   * @param refreshToken empty if the client gets none; the grant then ends with its access token
   */
  RedeemOutcome redeemCode(
      SecretDigest code,
      ClientId client,
      Optional<GrantChange> change,
      NewAccessToken accessToken,
      Optional<NewRefreshToken> refreshToken,
      Set<OnceKey> once,
      Instant now);

  /** As the other {@code redeemCode}: makes the grant of the code. */
  default RedeemOutcome redeemCode(
      SecretDigest code,
      ClientId client,
      NewAccessToken accessToken,
      Optional<NewRefreshToken> refreshToken,
      Set<OnceKey> once,
      Instant now) {
    return redeemCode(code, client, Optional.empty(), accessToken, refreshToken, once, now);
  }

  /** What came of {@link #redeemCode}. */
  sealed interface RedeemOutcome {
    /** The grant stands and the tokens are kept. */
    record Redeemed(Grant grant) implements RedeemOutcome {}

    /**
     * It was redeemed before; its grant is revoked by now, if it was not already, what its person
     * allowed its client is forgotten, and the keys are used up.
     *
     * @param revoked the grant that the code was for
     */
    record Replayed(GrantId revoked) implements RedeemOutcome {}

    /** No such code for this client; nothing happened. */
    record Unknown() implements RedeemOutcome {}

    /** Too late; nothing happened. */
    record Expired() implements RedeemOutcome {}

    /** The grant is not what the change was worked out from, or is gone; nothing happened. */
    record GrantMoved() implements RedeemOutcome {}

    /** A key was used before; nothing happened. */
    record KeyReplayed(OnceKey key) implements RedeemOutcome {}
  }
}
