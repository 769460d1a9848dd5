package dev.countersign.protocol.resourcerequest;

/**
 * Whoever sent a request has shown for it that they hold a key: by a proof for this very token, or
 * by the certificate of the connection. Whether the token is bound to that key is not said (RFC
 * 7800 calls them the presenter). Only {@link ResourceRequestVerifier} makes one.
 */
public sealed interface VerifiedPresenter permits PresenterWithProof, PresenterWithCertificate {}
