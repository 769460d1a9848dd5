package dev.countersign.store;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Grants as those see them who gave, hold or watch over them. Tokens are never part of it. */
public interface GrantRecords {

  /** A grant that is neither revoked nor over. */
  Optional<GrantRecord> findGrant(GrantId grant, Instant now);

  /**
   * Grants that are neither revoked nor over, by ascending id.
   *
   * @param after those with greater ids only, to go on after the last one of the page before
   * @param limit at most so many; less than 1 is an {@link IllegalArgumentException}
   */
  List<GrantRecord> findGrants(GrantFilter filter, Optional<GrantId> after, int limit, Instant now);

  /**
   * Ends grants of a client as {@link Grants#revokeGrant} does, some at a time so that others are
   * not kept waiting: called again until it is 0. By then nothing is remembered either of what
   * people allowed the client whose grants were over before, and no code that was issued before
   * makes a grant any more.
   *
   * @param limit at most so many; less than 1 is an {@link IllegalArgumentException}
   * @return how many were ended
   */
  int revokeGrantsOf(ClientId client, int limit, Instant now);
}
