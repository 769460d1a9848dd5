package dev.countersign.client;

import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.revocation.RevocationRequest;
import dev.countersign.requirement.Enforces;
import java.net.URI;

/** The call of the revocation endpoint (RFC 7009). */
final class Revocation {

  private static final int OK = 200;

  private final Issuer issuer;
  private final ServerDocuments documents;
  private final AuthorizationServer server;
  private final RefreshTokens refreshTokens;

  Revocation(
      Issuer issuer,
      ServerDocuments documents,
      AuthorizationServer server,
      RefreshTokens refreshTokens) {
    this.issuer = issuer;
    this.documents = documents;
    this.server = server;
    this.refreshTokens = refreshTokens;
  }

  /** The refresh token goes first: with it the server ends all that hangs on it (RV-2). */
  @Enforces({"RV-1", "RV-2"})
  void revoke(Tokens tokens, EndUserPresent endUserPresent) throws ClientException {
    if (!tokens.issuer().equals(issuer)) {
      throw new IllegalArgumentException("the tokens are of another issuer (SP-6.3)");
    }
    URI endpoint = documents.endpoints().revocation();
    RevocationRequest request =
        tokens
            .refreshToken()
            .map(refreshTokens::newest)
            .map(RevocationRequest::of)
            .orElseGet(() -> RevocationRequest.of(tokens.accessToken()));
    // RFC 7009 section 2.2: what the answer holds is ignored, its status says all.
    server.send(
        new AuthorizationServer.Endpoint("revocation_endpoint", endpoint, OK, false),
        request.toForm(),
        new CallContext(tokens.interactionId(), endUserPresent));
  }
}
