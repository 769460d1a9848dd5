package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.dpop.VerifiedDpopProof;

/** Package-private, so that nobody else can make the proof. */
record PresenterWithProof(VerifiedDpopProof proof) implements VerifiedPresenter {}
