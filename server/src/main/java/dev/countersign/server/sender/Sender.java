package dev.countersign.server.sender;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.store.OnceKey;
import java.util.Set;

/** The proof that the sender of a token request holds what its tokens will be bound to. */
public sealed interface Sender {

  /** What tokens for it are bound to. */
  Confirmation confirmation();

  /** What the store uses up together with what it keeps. */
  Set<OnceKey> onceKeys();

  /** The holder of a key, by a DPoP proof. */
  record OfProof(VerifiedDpopProof proof) implements Sender {
    @Override
    public Confirmation confirmation() {
      return new Confirmation.DpopKey(proof.jkt());
    }

    @Override
    public Set<OnceKey> onceKeys() {
      return Set.of(Proofs.onceKey(proof));
    }
  }

  /** The holder of a certificate, by the connection. */
  record OfCertificate(CertificateThumbprint thumbprint) implements Sender {
    @Override
    public Confirmation confirmation() {
      return new Confirmation.Certificate(thumbprint);
    }

    @Override
    public Set<OnceKey> onceKeys() {
      return Set.of();
    }
  }
}
