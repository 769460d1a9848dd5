package dev.countersign.store;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Clients that registered themselves (RFC 7591, RFC 7592). */
public interface Registrations {

  /**
   * Keeps a registration, unless there are as many as there may be.
   *
   * @param limit registrations at most, this one included; less than 1 is an {@link
   *     IllegalArgumentException}
   */
  RegisterOutcome register(Registration registration, int limit);

  /** The registration of a client; empty if there is none or it has ended. */
  Optional<Registration> findRegistration(ClientId client);

  /**
   * Puts other metadata in the place of all that the client had registered (RFC 7592 section 2.2).
   * A client that has not authenticated yet has the whole time for it again.
   *
   * @param accessToken digest of the token that the caller showed
   * @param before what the other metadata were judged by: all that was registered until now
   * @return whether it happened: the client is registered, the token its own and {@code before}
   *     what is registered still
   */
  boolean replaceRegistration(
      ClientId client,
      SecretDigest accessToken,
      JsonObject before,
      JsonObject metadata,
      Instant now);

  /**
   * Notes for ever that a client has authenticated. Once is enough; again changes nothing.
   *
   * @return whether the client is registered; if it is not, nobody has authenticated. One that this
   *     is true of is never ended by {@link #endUnusedRegistrations}
   */
  boolean recordAuthentication(ClientId client);

  /**
   * Ends registrations whose clients have never authenticated, as {@link #endRegistration} does,
   * the oldest first.
   *
   * @param since those that were made, or last replaced, then or before
   * @param limit registrations at most; less than 1 is an {@link IllegalArgumentException}
   * @return the clients whose registrations have ended
   */
  List<ClientId> endUnusedRegistrations(Instant since, int limit, Instant now);

  /**
   * Ends a registration and with it all that hangs on its client: pushed requests and interactions
   * about them, codes, grants, tokens, those it got for itself too, and what people allowed it (RFC
   * 7592 section 2.3). When this returns, no operation finds any of it any more.
   *
   * <p>No access token of the client comes into being afterwards. Another operation of it that was
   * judged before and comes after may still leave something behind: whoever reads that asks whether
   * its client is registered, and it is not.
   *
   * @param accessToken digest of the token that the caller showed
   * @return whether it happened: the client was registered and the token its own
   */
  boolean endRegistration(ClientId client, SecretDigest accessToken, Instant now);

  /**
   * Ends a registration as the other {@code endRegistration} does, at the word of an operator.
   *
   * @return whether it happened: the client was registered
   */
  boolean endRegistration(ClientId client, Instant now);

  /** What came of {@link #register}. */
  enum RegisterOutcome {
    /** It is kept. */
    REGISTERED,
    /** There are as many as there may be; nothing happened. */
    FULL
  }
}
