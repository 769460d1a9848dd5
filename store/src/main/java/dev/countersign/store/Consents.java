package dev.countersign.store;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Subject;
import java.time.Instant;

/**
 * What people allowed clients, remembered so that they are not asked the same again. It is written
 * by {@link Interactions#issueCode} and forgotten when a grant of this person to this client is
 * revoked, by {@link Grants#revokeGrant} or a replayed code, or replaced ({@link
 * Codes#redeemCode}).
 */
public interface Consents {

  /**
   * All that a person allowed a client in one decision or several, each part of it until its own
   * end; {@link Consent#NONE} if there is nothing. Looking changes nothing.
   */
  Consent findConsent(Subject person, ClientId client, Instant now);
}
