package dev.countersign.protocol.httpsig;

import dev.countersign.requirement.Enforces;
import java.util.Optional;

/**
 * The proof that a client signed a request a moment ago. Only {@link FapiRequestSignature#verify}
 * makes one. It says nothing of the content until {@link #content} was asked.
 */
public sealed interface VerifiedRequestSignature permits FapiRequestSignature.Verified {

  /** What was signed; a response is bound to it. */
  RequestMessage request();

  /** The key that signed it. */
  String keyid();

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
