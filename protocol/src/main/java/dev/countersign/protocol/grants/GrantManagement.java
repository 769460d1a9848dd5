package dev.countersign.protocol.grants;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an authorization request says about grants (Grant Management section 5.2).
 *
 * @param action what shall be done
 * @param grantId with which grant; there for {@code merge} and {@code replace} alone
 */
public record GrantManagement(GrantAction action, Optional<GrantId> grantId) {

  /** The parameter that names the action. */
  public static final String ACTION = "grant_management_action";

  /** The parameter and the member that name a grant. */
  public static final String GRANT_ID = "grant_id";

  /** Refuses {@code create} with a grant and the others without with an exception. */
  public GrantManagement {
    if ((action == GrantAction.CREATE) == grantId.isPresent()) {
      throw new IllegalArgumentException(
          "GrantManagement.grantId must be there for merge and replace alone (GM-5.2-3)");
    }
  }

  /** A fresh grant. */
  public static GrantManagement create() {
    return new GrantManagement(GrantAction.CREATE, Optional.empty());
  }

  /** What is allowed is added to the grant. */
  public static GrantManagement merge(GrantId grant) {
    return new GrantManagement(GrantAction.MERGE, Optional.of(grant));
  }

  /** What is allowed takes the place of all that the grant was. */
  public static GrantManagement replace(GrantId grant) {
    return new GrantManagement(GrantAction.REPLACE, Optional.of(grant));
  }

  /**
   * Reads the two parameters; empty if neither is there.
   *
   * @throws RefusalException {@code invalid_request} for an unknown action, {@code create} with a
   *     grant, the others without, and a grant without an action; {@code invalid_grant_id} for a
   *     text that cannot be the name of a grant
   */
  @Enforces({"GM-5.2-1", "GM-5.2-2", "GM-5.2-3", "GM-5.2-6", "GM-5.4-2", "GM-5.4-3", "GM-5.4-4"})
  public static Optional<GrantManagement> read(Form form) {
    Optional<String> action = form.value(ACTION);
    Optional<String> grantId = form.value(GRANT_ID);
    if (action.isEmpty()) {
      if (grantId.isPresent()) {
        throw refused("GM-5.4-3", "grant_id without grant_management_action", "there", "none");
      }
      return Optional.empty();
    }
    GrantAction known =
        GrantAction.of(action.get())
            .orElseThrow(
                () ->
                    Refusal.oauth(
                            OAuthError.INVALID_REQUEST,
                            "GM-5.4-4",
                            "grant_management_action is not supported")
                        .withDetail(
                            Refusal.mismatch(
                                ACTION,
                                action,
                                "one of "
                                    + Arrays.stream(GrantAction.values())
                                        .map(GrantAction::value)
                                        .toList()))
                        .exception());
    if (known == GrantAction.CREATE && grantId.isPresent()) {
      throw refused("GM-5.4-2", "grant_id with grant_management_action create", "there", "none");
    }
    if (known != GrantAction.CREATE && grantId.isEmpty()) {
      throw refused("GM-5.2-6", "grant_management_action needs a grant_id", "missing", "there");
    }
    return Optional.of(new GrantManagement(known, grantId.map(GrantManagement::grantId)));
  }

  private static GrantId grantId(String value) {
    try {
      return new GrantId(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.oauth(OAuthError.INVALID_GRANT_ID, "GM-5.4-1", "grant_id is not valid")
          .withDetail(Refusal.mismatch(GRANT_ID, "malformed", "1 to 255 visible characters"))
          .exception();
    }
  }

  private static RefusalException refused(
      String rule, String description, String actual, String expected) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST, rule, description)
        .withDetail(Refusal.mismatch(GRANT_ID, actual, expected))
        .exception();
  }
}
