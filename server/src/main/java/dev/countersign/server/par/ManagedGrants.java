package dev.countersign.server.par;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.GrantManagementConfig;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.GrantRecords;
import java.time.Instant;
import java.util.Optional;

/** Which grant a request may change, if the server does that at all. */
public final class ManagedGrants {
  private final GrantManagementConfig config;
  private final GrantRecords store;

  /** Looks into the store at each question. */
  public ManagedGrants(GrantManagementConfig config, GrantRecords store) {
    this.config = config;
    this.store = store;
  }

  /**
   * The parameters that this server knows. Those of Grant Management are unknown while it is off,
   * so they are ignored as RFC 6749 section 3.1 wants of every unknown parameter, whatever they
   * say.
   */
  Form known(Form form) {
    return config.enabled()
        ? form
        : form.without(GrantManagement.ACTION).without(GrantManagement.GRANT_ID);
  }

  /**
   * The grant that a yes changes, as it stands; empty if it makes a new one. Whose it is was not
   * looked at yet: nobody has logged in. Refuses with {@code invalid_request} a request without
   * action where one is required, and one with an action where there is none any more, and with
   * {@code invalid_grant_id} a grant that is unknown, over, or another client's: which of them, the
   * client is not told.
   */
  @Enforces({"GM-5.4-1", "GM-5.4-4", "GM-5.4-5", "GM-10-1", "GM-7.1-3"})
  Optional<Grant> existing(AuthorizationRequest request, Instant now) {
    Optional<GrantManagement> wanted = request.grantManagement();
    if (wanted.isEmpty() && config.actionRequired()) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST, "GM-5.4-4", "grant_management_action is missing")
          .withDetail(Refusal.mismatch(GrantManagement.ACTION, "missing", "there"))
          .exception();
    }
    if (wanted.isPresent() && !config.enabled()) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST, "GM-5.4-4", "grant_management_action is not supported")
          .withDetail("grant management was switched off after the request was pushed")
          .exception();
    }
    return wanted.flatMap(GrantManagement::grantId).map(id -> own(id, request, now));
  }

  private Grant own(GrantId id, AuthorizationRequest request, Instant now) {
    Optional<Grant> found = store.findGrant(id, now).map(GrantRecord::grant);
    return found
        .filter(grant -> grant.clientId().equals(request.clientId()))
        .orElseThrow(
            () ->
                Refusal.oauth(
                        OAuthError.INVALID_GRANT_ID,
                        found.isPresent() ? "GM-5.4-5" : "GM-5.4-1",
                        "there is no such grant")
                    .withDetail(
                        Refusal.mismatch(
                            GrantManagement.GRANT_ID,
                            found.isPresent() ? "another client's" : "unknown, ended or over",
                            "one of the client's that stands"))
                    .exception());
  }
}
