package dev.countersign.server.mygrants;

import dev.countersign.store.GrantRecord;

/** The one form of {@link OwnGrant}. */
record Given(GrantRecord record) implements OwnGrant {}
