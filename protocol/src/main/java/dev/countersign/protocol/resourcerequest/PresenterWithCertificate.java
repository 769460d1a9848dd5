package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.mtls.ClientCertificate;

/** Package-private, so that nobody else can make the proof. */
record PresenterWithCertificate(ClientCertificate certificate) implements VerifiedPresenter {}
