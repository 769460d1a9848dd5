package dev.countersign.server.mygrants;

import dev.countersign.store.GrantRecord;

/** A grant that the person who is logged in gave. Only {@link OwnGrants} makes one. */
sealed interface OwnGrant permits Given {

  /** What is known of it. */
  GrantRecord record();
}
