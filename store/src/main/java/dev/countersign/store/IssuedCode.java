package dev.countersign.store;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;

/**
 * An authorization code and all that its redemption is checked against.
 *
 * @param code digest of the code
 * @param request the pushed request that it answers; names the client, the redirect URI, the code
 *     challenge, the nonce and the {@code dpop_jkt}
 * @param grant the grant that redemption will make; where the request is to merge or replace, what
 *     was allowed now, under the id of the grant that it goes to and with the version that this
 *     grant had at the decision
 * @param lasting whether the person was told that access goes on by a refresh token; without that
 *     no redemption may give one
 * @param expiresAt the first instant at which it can no longer be redeemed (SP-5.3.2.1-11)
 */
public record IssuedCode(
    SecretDigest code,
    AuthorizationRequest request,
    Grant grant,
    boolean lasting,
    Instant expiresAt) {

  /** Refuses a grant to another client than the one that asked. */
  public IssuedCode {
    if (!grant.clientId().equals(request.clientId())) {
      throw new IllegalArgumentException(
          "IssuedCode.grant must be given to the client of IssuedCode.request");
    }
  }
}
