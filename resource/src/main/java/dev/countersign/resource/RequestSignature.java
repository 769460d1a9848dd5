package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.VerifiedRequestSignature;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.util.Optional;

/** What a resource server wants of the signature of one request, step by step. For one thread. */
interface RequestSignature {

  /** Wants nothing. */
  RequestSignature NONE =
      new RequestSignature() {
        @Override
        public VerifiedAccessToken by(VerifiedAccessToken token) {
          return token;
        }

        @Override
        public byte[] content(RequestBody body) {
          return new byte[0];
        }

        @Override
        public Optional<VerifiedRequestSignature> proof() {
          return Optional.empty();
        }
      };

  /** The token, if its client signed the request. */
  VerifiedAccessToken by(VerifiedAccessToken token);

  /** The content, read now, if it has the digest that was signed. */
  byte[] content(RequestBody body) throws IOException;

  /** The signature, after it was verified; empty if none is wanted. */
  Optional<VerifiedRequestSignature> proof();

  /** All of the content, if the host takes so much. */
  @Enforces("HS-5.3.1.2-8")
  static byte[] bounded(RequestBody body) throws IOException {
    try {
      return body.read();
    } catch (RequestTooLargeException e) {
      throw Refusal.http(413, "HS-5.3.1.2-8", "the request is too large")
          .withDetail(String.valueOf(e.getMessage()))
          .exception();
    }
  }

  /** There is no error code for it, so the challenge has none. */
  @Enforces("HS-5.3.1.2-3")
  static RefusalException refused(InvalidHttpSignatureException fault) {
    return Refusal.http(401, fault.rule().value(), "the request is not signed as it must be")
        .withDetail(fault.reason())
        .exception();
  }
}
