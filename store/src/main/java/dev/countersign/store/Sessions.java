package dev.countersign.store;

import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.Optional;

/** Login sessions of browsers at the authorization server. */
public interface Sessions {

  /**
   * Opens a session under a fresh identifier and ends the one that the browser had, together: an
   * identifier from before the login never becomes a logged-in one.
   *
   * @param replaced the one the browser had; that it is unknown is no error
   */
  void openSession(Session session, Optional<SecretDigest> replaced, Instant now);

  /** The session, while it lasts. */
  Optional<Session> findSession(SecretDigest id, Instant now);

  /** Ends the session; one that is unknown is no error. */
  void endSession(SecretDigest id, Instant now);
}
