package dev.countersign.server.sender;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.dpop.Proofs;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out what the tokens of a request are bound to. The client's registration decides, whatever
 * else came. Immutable.
 */
public final class Senders {
  private final Proofs proofs;

  /** By the proofs of one endpoint. */
  public Senders(Proofs proofs) {
    this.proofs = proofs;
  }

  /**
   * Whoever sends a token request.
   *
   * <p>Refused with {@code invalid_dpop_proof}: no proof of a client whose tokens are bound by
   * proofs, whatever certificate it showed. Refused with {@code invalid_request}: no certificate of
   * a client whose tokens are bound to it, and a proof of such a client.
   */
  @Enforces({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "DP-5", "DP-8", "MT-5", "MT-7", "IA-2.3.3"})
  public Sender require(RegisteredClient client, HttpRequest request, Instant now) {
    return switch (client.binding()) {
      case DPOP -> new Sender.OfProof(proofs.require(request, now));
      case MTLS -> {
        refuseProof(request);
        yield ClientCertificate.of(request.clientCertificates())
            .map(shown -> new Sender.OfCertificate(shown.thumbprint()))
            .orElseThrow(() -> refused("SP-5.3.2.1-4", "a client certificate is needed"));
      }
    };
  }

  /** The proof of a request that need not have one; if it is there, the client may send one. */
  @Enforces("SP-5.3.2.1-5")
  public Optional<VerifiedDpopProof> proofIfPresent(
      RegisteredClient client, HttpRequest request, Instant now) {
    if (client.binding() == SenderConstraint.MTLS) {
      refuseProof(request);
      return Optional.empty();
    }
    return proofs.ifPresent(request, now);
  }

  /** A proof that counted for nothing would leave the client believing in it. */
  private static void refuseProof(HttpRequest request) {
    if (Proofs.isIn(request)) {
      throw refused("SP-5.3.2.1-5", "the client is not registered for DPoP");
    }
  }

  private static RefusalException refused(String rule, String description) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST, rule, description).exception();
  }
}
