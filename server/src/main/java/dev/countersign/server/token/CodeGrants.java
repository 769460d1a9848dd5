package dev.countersign.server.token;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.GrantChanges;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.GrantRecords;
import dev.countersign.store.IssuedCode;
import java.time.Instant;
import java.util.Optional;

/** What grant the redemption of a code leads to: a new one, or one that is there, changed. */
public final class CodeGrants {
  private final GrantRecords store;
  private final GrantChanges changes;

  /** Looks into the store at each question. */
  public CodeGrants(GrantRecords store, GrantChanges changes) {
    this.store = store;
    this.changes = changes;
  }

  /**
   * What a code leads to at this moment.
   *
   * @param grant as it will be
   * @param change how it comes from what is there; empty if it is new
   */
  record Target(Grant grant, Optional<GrantChange> change) {}

  /**
   * Looks at the grant as it stands. Refuses with {@code invalid_grant} the code of a grant that
   * was ended or replaced since its person decided, and as {@link GrantChanges#after} does what
   * others did to the grant meanwhile and what does not go together with this.
   */
  @Enforces({"GM-5.2-3", "GM-5.2-4", "GM-5.2-5", "GM-5.4-1", "GM-5.4-5"})
  Target target(IssuedCode code, Instant now) {
    GrantAction action =
        code.request().grantManagement().map(GrantManagement::action).orElse(GrantAction.CREATE);
    if (action == GrantAction.CREATE) {
      return new Target(code.grant(), Optional.empty());
    }
    Grant before = standing(code.grant(), now);
    Grant after = changes.after(action, before, code.grant(), now);
    return new Target(after, Optional.of(new GrantChange(before.version(), after)));
  }

  /**
   * The grant that was to be changed. Once it was replaced, all that it is now was decided by
   * itself: nothing is added to that, and no other replacement takes its place, by a yes to what
   * stood before.
   */
  @Enforces({"GM-5.2-5", "GM-5.4-1"})
  private Grant standing(Grant allowed, Instant now) {
    Grant grant =
        store
            .findGrant(allowed.id(), now)
            .map(GrantRecord::grant)
            .filter(found -> isSame(found, allowed))
            .orElseThrow(
                () ->
                    overtaken("GM-5.4-1", "the grant has ended since", "gone", "one that stands"));
    long decided = allowed.version().generation();
    if (grant.version().generation() != decided) {
      throw overtaken(
          "GM-5.2-5",
          "the grant has been replaced since",
          "of generation " + grant.version().generation(),
          "of generation " + decided);
    }
    return grant;
  }

  private static RefusalException overtaken(
      String rule, String description, String came, String expected) {
    return Refusal.oauth(OAuthError.INVALID_GRANT, rule, description)
        .withDetail(Refusal.mismatch("the grant of the code", came, expected))
        .exception();
  }

  private static boolean isSame(Grant grant, Grant allowed) {
    return grant.clientId().equals(allowed.clientId())
        && grant.login().subject().equals(allowed.login().subject());
  }
}
