package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.PublicJwk;
import java.time.Instant;

/**
 * The proof that a resource server gave this answer to this request a moment ago. Only {@link
 * FapiResponseSignature#verify} makes one.
 */
public sealed interface VerifiedResponseSignature permits VerifiedResponseRecord {

  /** What was signed, with the request that it answers. */
  ResponseMessage response();

  /** The key that signed it. */
  PublicJwk key();

  /** When it was made, by the resource server's clock; whole seconds. */
  Instant created();

  /**
   * The fields of the response that were signed as a whole. Others may have been added or changed
   * by whoever stood in between.
   */
  Headers signedFields();

  /** A copy of the content that was signed; empty if there was none. */
  byte[] content();
}
