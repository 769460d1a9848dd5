package dev.countersign.store;

import java.time.Instant;
import java.util.List;

/**
 * Access tokens that were ended before their time and have not expired yet. Whatever ends tokens
 * notes it in the same step: {@link Grants#revokeGrant}, {@link Grants#revokeClientToken}, a
 * replayed code, a replacement of a grant, the end of a registration. Of a family whose tokens have
 * all expired nothing is noted.
 */
public interface EndedFamilies {

  /** All of them, in no order. As many as were ended within the life of one access token. */
  List<EndedFamily> findEndedFamilies(Instant now);
}
