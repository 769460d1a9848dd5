package dev.countersign.server.par;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;

/**
 * An authorization request that a client signed, and what shows later that it did. {@link
 * dev.countersign.protocol.jar.RequestObject#verify} verifies it again.
 *
 * @param client who pushed it
 * @param requestUri digest of the {@code request_uri} that was handed out for it
 * @param object the JWT as it came
 * @param keys those that it could be signed with; with a {@code kid}, that one alone
 * @param at when it was verified
 */
public record SignedRequest(
    ClientId client, SecretDigest requestUri, String object, JwkSet keys, Instant at) {

  /** Without the object: what is asked for may be private. */
  @Override
  public String toString() {
    return "SignedRequest[" + client + ", " + at + "]";
  }
}
