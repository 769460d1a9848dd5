package dev.countersign.server.token;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.server.client.AuthenticatedClient;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.store.OnceKey;
import java.util.Set;

/**
 * Who calls a grant: the client proved who it is, and which key its tokens are bound to. A grant
 * cannot be called without both.
 *
 * @param authenticated the client
 * @param proof the proof of the key
 */
record Caller(AuthenticatedClient authenticated, VerifiedDpopProof proof) {

  RegisteredClient client() {
    return authenticated.client();
  }

  /** What tokens are bound to. */
  Confirmation confirmation() {
    return new Confirmation.DpopKey(proof.jkt());
  }

  /** What the store uses up together with what it keeps. */
  Set<OnceKey> onceKeys() {
    return Set.of(authenticated.onceKey(), Proofs.onceKey(proof));
  }
}
