package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import java.util.Optional;

/** The one form of {@link VerifiedResourceRequest}. */
record VerifiedResourceRequestRecord(VerifiedAccessToken token, Optional<VerifiedDpopProof> proof)
    implements VerifiedResourceRequest {}
