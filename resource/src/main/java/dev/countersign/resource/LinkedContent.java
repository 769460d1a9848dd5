package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.ContentDigest;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.VerifiedRequestSignature;
import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What is wanted of a request that need not be signed, but whose answer is: a digest that it brings
 * is part of the answer's signature, and must not be a false one.
 *
 * @param request its headers
 */
record LinkedContent(Headers request) implements RequestSignature {

  @Override
  public VerifiedAccessToken by(VerifiedAccessToken token) {
    return token;
  }

  @Override
  public Optional<VerifiedRequestSignature> proof() {
    return Optional.empty();
  }

  @Override
  @Enforces("HS-5.3.2.1-2")
  public byte[] content(RequestBody body) throws IOException {
    byte[] content = RequestSignature.bounded(body);
    List<String> digest = request.all(ContentDigest.FIELD);
    if (digest.isEmpty()) {
      return content;
    }
    try {
      return ContentDigest.parse(digest).verify(content).bytes();
    } catch (InvalidHttpSignatureException e) {
      throw RequestSignature.refused(e);
    }
  }
}
