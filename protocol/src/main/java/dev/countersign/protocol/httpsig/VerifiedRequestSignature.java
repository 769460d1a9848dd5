package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.Optional;

/**
 * The proof that a client signed a request a moment ago. Only {@link FapiRequestSignature#verify}
 * makes one. It says nothing of the content until {@link #content} was asked.
 */
public sealed interface VerifiedRequestSignature permits FapiRequestSignature.Verified {

  /** What was signed; a response is bound to it. */
  RequestMessage request();

  /** The key that signed it. */
  PublicJwk key();

  /** The name of the key that signed it. */
  default String keyid() {
    return key().kid().orElseThrow();
  }

  /**
   * What makes the signature unique among those of its key. Nobody without the key can make another
   * good one of it that has another: whoever remembers it finds the same request a second time.
   */
  Jti uniqueId();

  /** When it was made, by the client's clock; whole seconds. */
  Instant created();

  /**
   * The first instant at which the signature was good: that of its making, less the clock skew
   * allowed for. A memory of signatures that began later may have forgotten it.
   */
  default Instant usableFrom() {
    return created().minus(TimeRules.FUTURE);
  }

  /** The last instant at which the same signature would be accepted again. */
  default Instant replayableUntil() {
    return created().plus(FapiRequestSignature.LONGEST);
  }

  /**
   * The fields of the request that were signed as a whole. Others may have been added or changed by
   * whoever stood in between: {@code Content-Type} too, if it is not among these.
   */
  Headers signedFields();

  /** The digest of the content that was signed; empty if none was. */
  Optional<ContentDigest> digest();

  /**
   * The content, if it is what was signed. No content has to be without a signed digest.
   *
   * @param content as it was sent; empty if there was none
   * @throws InvalidHttpSignatureException if there is content and no signed digest, or another one
   */
  @Enforces("HS-5.3.1.2-8")
  default byte[] content(byte[] content) throws InvalidHttpSignatureException {
    return Signed.content(digest(), content, "HS-5.3.1.2-8");
  }
}
