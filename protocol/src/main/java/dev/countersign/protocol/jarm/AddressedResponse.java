package dev.countersign.protocol.jarm;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;

/**
 * A signed response that says it is from the issuer of the flow, for this client, and for now.
 * Whether that is true the signature alone can tell: until then nothing of it can be read, and only
 * now its issuer may be asked for keys. Only {@link ResponseVerifier#open} makes one.
 */
public sealed interface AddressedResponse permits ResponseVerifier.Opened {

  /** The JWT, good to find the key that must have signed it. */
  CompactJws jws();

  /**
   * The response, once its signature is good. Refused with {@code invalid_request}: a signature
   * that none of the keys made, and then whatever {@link AuthorizationResponse#read(
   * dev.countersign.protocol.http.Form)} refuses. That {@code state} is that of the flow is the
   * caller's comparison.
   *
   * @param keys the issuer's keys
   */
  AuthorizationResponse verify(JwkSet keys);
}
