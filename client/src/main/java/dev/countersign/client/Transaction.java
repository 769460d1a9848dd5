package dev.countersign.client;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.time.Instant;
import java.util.Optional;

/**
 * What must be remembered of a flow between begin and callback. The code verifier in it is a
 * secret: a store outside the process keeps it encrypted.
 *
 * @param session digest of the browser session that started the flow
 * @param state fresh for this flow
 * @param issuer the authorization server the flow goes to
 * @param redirectUri where its answer arrives
 * @param codeVerifier fresh for this flow
 * @param nonce fresh for this flow; absent without {@code openid}
 * @param request what was asked for
 * @param interactionId on every request of the flow
 * @param startedAt when the flow began, by the clock of the client, not corrected
 * @param expiresAt the first instant at which its answer comes too late
 */
public record Transaction(
    SecretDigest session,
    State state,
    Issuer issuer,
    RedirectUri redirectUri,
    CodeVerifier codeVerifier,
    Optional<Nonce> nonce,
    FlowRequest request,
    FapiInteractionId interactionId,
    Instant startedAt,
    Instant expiresAt) {

  /** The interaction id only. */
  @Override
  public String toString() {
    return "Transaction[" + interactionId.value() + "]";
  }
}
