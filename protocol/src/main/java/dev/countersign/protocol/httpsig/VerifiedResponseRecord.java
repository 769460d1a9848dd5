package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.PublicJwk;
import java.time.Instant;

/** The proof that {@link FapiResponseSignature#verify} gives. */
final class VerifiedResponseRecord implements VerifiedResponseSignature {

  private final ResponseMessage response;
  private final PublicJwk key;
  private final Instant created;
  private final Headers signedFields;
  private final byte[] content;

  /** Keeps a copy of the content, so that nobody changes what was verified. */
  VerifiedResponseRecord(
      ResponseMessage response,
      PublicJwk key,
      Instant created,
      Headers signedFields,
      byte[] content) {
    this.response = response;
    this.key = key;
    this.created = created;
    this.signedFields = signedFields;
    this.content = content.clone();
  }

  @Override
  public ResponseMessage response() {
    return response;
  }

  @Override
  public PublicJwk key() {
    return key;
  }

  @Override
  public Instant created() {
    return created;
  }

  @Override
  public Headers signedFields() {
    return signedFields;
  }

  @Override
  public byte[] content() {
    return content.clone();
  }

  /** The key alone: the rest may be personal. */
  @Override
  public String toString() {
    return "VerifiedResponseSignature[" + key + "]";
  }
}
