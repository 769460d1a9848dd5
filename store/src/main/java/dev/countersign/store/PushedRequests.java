package dev.countersign.store;

import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Pushed authorization requests (RFC 9126), from the push until a person has decided. */
public interface PushedRequests {

  /** Keeps the request and uses up the keys that came with it, together or not at all. */
  PushOutcome pushRequest(PushedRequest request, Set<OnceKey> once, Instant now);

  /**
   * The request behind a {@code request_uri}, as long as it is neither expired nor decided. Looking
   * changes nothing: software may load a URL before the person does (SP-5.3.2.2-N3).
   */
  Optional<PushedRequest> findRequest(SecretDigest requestUri, Instant now);

  /** What came of {@link #pushRequest}. */
  sealed interface PushOutcome {
    /** The request is kept. */
    record Pushed() implements PushOutcome {}

    /** A key was used before; nothing was kept and no key used up. */
    record Replayed(OnceKey key) implements PushOutcome {}
  }
}
