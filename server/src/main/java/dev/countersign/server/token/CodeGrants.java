package dev.countersign.server.token;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
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
   * was ended since its person decided, and as {@link GrantChanges#after} does what others did to
   * the grant meanwhile and what does not go together with this.
   */
  @Enforces({"GM-5.2-3", "GM-5.2-4", "GM-5.2-5", "GM-5.4-1", "GM-5.4-5"})
  Target target(IssuedCode code, Instant now) {
    GrantAction action =
        code.request().grantManagement().map(GrantManagement::action).orElse(GrantAction.CREATE);
    if (action == GrantAction.CREATE) {
      return new Target(code.grant(), Optional.empty());
    }
    Grant before =
        store
            .findGrant(code.grant().id(), now)
            .map(GrantRecord::grant)
            .filter(grant -> isSame(grant, code.grant()))
            .orElseThrow(
                () ->
                    Refusal.oauth(OAuthError.INVALID_GRANT, "GM-5.4-1", "the grant has ended since")
                        .withDetail(
                            Refusal.mismatch("the grant of the code", "gone", "one that stands"))
                        .exception());
    Grant after = changes.after(action, before, code.grant(), now);
    return new Target(after, Optional.of(new GrantChange(before.version(), after)));
  }

  private static boolean isSame(Grant grant, Grant allowed) {
    return grant.clientId().equals(allowed.clientId())
        && grant.login().subject().equals(allowed.login().subject());
  }
}
