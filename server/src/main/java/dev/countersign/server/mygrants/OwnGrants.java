package dev.countersign.server.mygrants;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.GrantFilter;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.GrantRecords;
import dev.countersign.store.Grants;
import dev.countersign.store.Grants.RevokeOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The grants of one person at a time: what another person gave is as if it were not there. */
public final class OwnGrants {
  /** Our choice: more than most people ever have, and little enough to read and to send. */
  private static final int MOST_AT_ONCE = 100;

  private final GrantRecords records;
  private final Grants grants;
  private final int mostAtOnce;

  /** Grants of a store. */
  public OwnGrants(GrantRecords records, Grants grants) {
    this(records, grants, MOST_AT_ONCE);
  }

  OwnGrants(GrantRecords records, Grants grants, int mostAtOnce) {
    this.records = records;
    this.grants = grants;
    this.mostAtOnce = mostAtOnce;
  }

  /**
   * A part of a person's grants.
   *
   * @param grants in no order that means anything to a person
   * @param next after which one the next part begins; empty if this is the last
   */
  record Part(List<OwnGrant> grants, Optional<GrantId> next) {
    /** Copies the list. */
    Part {
      grants = List.copyOf(grants);
    }
  }

  /** The part after a grant, or the first. */
  Part part(Subject person, Optional<GrantId> after, Instant now) {
    // One more than is shown tells whether there are more.
    List<GrantRecord> found =
        records.findGrants(GrantFilter.of(person), after, mostAtOnce + 1, now);
    List<GrantRecord> shown = found.subList(0, Math.min(found.size(), mostAtOnce));
    return new Part(
        shown.stream().<OwnGrant>map(Given::new).toList(),
        found.size() > shown.size() ? Optional.of(shown.getLast().grant().id()) : Optional.empty());
  }

  /** The grant that a form names, if it is there and this person's. */
  Optional<OwnGrant> find(Subject person, Form form, Instant now) {
    return id(form, "grant")
        .flatMap(id -> records.findGrant(id, now))
        .filter(found -> found.grant().login().subject().equals(person))
        .map(Given::new);
  }

  /** The identifier in a form; empty if there is none, or none of ours. */
  static Optional<GrantId> id(Form form, String name) {
    try {
      return form.value(name).map(GrantId::new);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /**
   * Ends a grant with all its tokens; its client has to ask for everything anew.
   *
   * @return false if it had ended a moment before
   */
  @Enforces("SP-6.8-4")
  boolean end(OwnGrant grant, Instant now) {
    return grants.revokeGrant(grant.record().grant().id(), Set.of(), now)
        instanceof RevokeOutcome.Revoked;
  }
}
