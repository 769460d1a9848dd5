package dev.countersign.protocol.jar;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Jti;
import java.time.Instant;
import java.util.Optional;

/**
 * The proof that a client signed a request for this server that is good now. Only {@link
 * RequestObject#verify} makes one. It is complete once its {@link #jti}, if it has one, has been
 * used up.
 */
public sealed interface VerifiedRequestObject permits RequestObject.Verified {

  /**
   * What is asked for, as an unsigned request would carry it; {@code client_id} is that of the
   * client, and neither {@code request} nor {@code request_uri} is there.
   */
  Form parameters();

  /** What makes the object unique among the client's, if it has that. */
  Optional<Jti> jti();

  /** The first instant at which the object is no longer accepted. */
  Instant exp();
}
