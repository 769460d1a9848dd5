package dev.countersign.client;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.State;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps flows between begin and callback. With several nodes, whose clocks agree, they share one.
 * Called by any number of threads at once; a store that cannot answer throws an unchecked exception
 * of its own, and the flow does not continue.
 */
public interface TransactionStore {

  /** Keeps the transaction until it is taken or has expired. */
  void keep(Transaction transaction, Instant now);

  /**
   * Hands out the transaction and forgets it, in one step: of callers that race for it exactly one
   * gets it, and nobody ever again.
   *
   * <p>A transaction of another issuer or session is not found and stays as it is. One that has
   * expired at {@code now} is not found either.
   *
   * @param issuer who answers
   * @param session digest of the browser session the answer arrived in
   * @param state as the answer names it
   */
  Optional<Transaction> take(Issuer issuer, SecretDigest session, State state, Instant now);
}
