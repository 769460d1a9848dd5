package dev.countersign.client;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.time.Instant;
import java.util.Optional;

/**
 * What a token request brought. Keep it on the server side; only the {@link FapiClient} of the same
 * issuer takes it, because the access token is bound to that client's DPoP key.
 *
 * @param issuer who issued them
 * @param accessToken bound to the DPoP key; never look into it
 * @param expiresAt when the access token ends, by the issuer's clock, which the local one may miss;
 *     absent if the server did not say
 * @param refreshToken bound to the client, not to the DPoP key; stays the same over refreshes
 *     unless the server sends a new one
 * @param scope what the access token is good for
 * @param idToken the verified ID token of the login, if {@code openid} was granted; its {@code acr}
 *     says how the person was authenticated, by one of the {@code acr_values} asked for or not
 * @param authorizationDetails what the access token is good for beside the scope, as granted: with
 *     what the person chose
 * @param grantId the grant, if the flow said what shall become of one; it is no secret
 * @param interactionId on the requests of the flow or refresh that brought them, and on calls with
 *     them
 */
public record Tokens(
    Issuer issuer,
    AccessToken accessToken,
    Optional<Instant> expiresAt,
    Optional<RefreshToken> refreshToken,
    Scope scope,
    Optional<IdTokenClaims> idToken,
    AuthorizationDetails authorizationDetails,
    Optional<GrantId> grantId,
    FapiInteractionId interactionId) {

  /** The type's name only. */
  @Override
  public String toString() {
    return "Tokens";
  }
}
