package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.VerifiedRequestSignature;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The signature of a request that must be signed. For one thread. */
final class DemandedSignature implements RequestSignature {
  private final Jose jose;
  private final ClientSigningKeys clients;
  private final FapiRequestSignature presented;
  private Optional<VerifiedRequestSignature> verified = Optional.empty();

  private DemandedSignature(Jose jose, ClientSigningKeys clients, FapiRequestSignature presented) {
    this.jose = jose;
    this.clients = clients;
    this.presented = presented;
  }

  /** Looks at what is signed, before anybody's key is looked for. */
  @Enforces({"HS-5.3.1.2-2", "HS-5.3.1.2-3"})
  static DemandedSignature read(
      Jose jose, ClientSigningKeys clients, RequestMessage request, Instant now) {
    try {
      for (String field : List.of("signature-input", "signature")) {
        if (request.headers().all(field).isEmpty()) {
          throw new InvalidHttpSignatureException("HS-5.3.1.2-3", "there is no " + field);
        }
      }
      return new DemandedSignature(jose, clients, FapiRequestSignature.read(request, now));
    } catch (InvalidHttpSignatureException e) {
      throw RequestSignature.refused(e);
    }
  }

  @Override
  @Enforces({"HS-5.3.1.2-1", "HS-5.3.1.2-2", "HS-5.3.1.2-3"})
  public VerifiedAccessToken by(VerifiedAccessToken token) {
    try {
      JwkSet keys = clients.of(token.claims().clientId(), presented.keyid().orElse(""));
      verified = Optional.of(presented.verify(jose, keys));
      return token;
    } catch (InvalidHttpSignatureException e) {
      throw RequestSignature.refused(e);
    } catch (RemoteException e) {
      throw Refusal.oauth(
              OAuthError.TEMPORARILY_UNAVAILABLE,
              "HS-5.3.1.2-1",
              "the signature of the request cannot be verified at the moment")
          .withDetail("the keys of the client: " + e.getMessage())
          .exception();
    }
  }

  @Override
  public Optional<VerifiedRequestSignature> proof() {
    return verified;
  }

  @Override
  @Enforces("HS-5.3.1.2-8")
  public byte[] content(RequestBody body) throws IOException {
    VerifiedRequestSignature signature =
        verified.orElseThrow(() -> new IllegalStateException("nobody verified the signature"));
    byte[] content = RequestSignature.bounded(body);
    try {
      return signature.content(content);
    } catch (InvalidHttpSignatureException e) {
      throw RequestSignature.refused(e);
    }
  }
}
