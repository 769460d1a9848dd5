package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.VerifiedDpopProof;

/** The one form of {@link VerifiedResourceRequest}. */
record VerifiedResourceRequestRecord(VerifiedAccessToken token, VerifiedDpopProof proof)
    implements VerifiedResourceRequest {}
