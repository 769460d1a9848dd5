package dev.countersign.server.token;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.token.TokenRequest;
import dev.countersign.protocol.token.TokenResponse;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.AuthenticatedClient;
import dev.countersign.server.client.ClientAuthenticator;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.server.sender.Senders;
import java.time.Instant;

/**
 * Issues tokens. The frame of every grant: read, authenticate, find the sender; then the grant
 * checks what is its own and ends in one store operation.
 */
public final class TokenEndpoint implements Endpoint {
  private final ClientAuthenticator clients;
  private final Senders senders;
  private final AuthorizationCodeGrant codes;
  private final RefreshTokenGrant refreshTokens;
  private final ClientCredentialsGrant clientCredentials;

  /** Issues by these grants. */
  public TokenEndpoint(
      ClientAuthenticator clients,
      Senders senders,
      AuthorizationCodeGrant codes,
      RefreshTokenGrant refreshTokens,
      ClientCredentialsGrant clientCredentials) {
    this.clients = clients;
    this.senders = senders;
    this.codes = codes;
    this.refreshTokens = refreshTokens;
    this.clientCredentials = clientCredentials;
  }

  @Override
  @Enforces({"SP-5.3.2.1-4", "SP-5.3.2.1-6", "DP-5", "DP-6", "OA-4"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    AuthenticatedClient client = clients.authenticate(form, request, now);
    log.client(client.client().id());
    TokenRequest asked = permitted(client.client(), TokenRequest.read(form));
    Caller caller = new Caller(client, senders.require(client.client(), request, now));
    TokenResponse response =
        switch (asked) {
          case TokenRequest.AuthorizationCode code -> codes.redeem(caller, code, now);
          case TokenRequest.Refresh refresh -> refreshTokens.refresh(caller, refresh, now);
          case TokenRequest.ClientCredentials own -> clientCredentials.issue(caller, own, now);
        };
    return HttpResponse.json(200, response.toJson());
  }

  @Enforces({"OA-3", "SP-5.3.2.1-2"})
  private static TokenRequest permitted(RegisteredClient client, TokenRequest asked) {
    GrantType grantType = asked.grantType();
    if (!client.mayUse(grantType)) {
      throw Refusal.oauth(
              OAuthError.UNAUTHORIZED_CLIENT,
              "OA-3",
              "the client is not registered for this grant type")
          .withDetail(
              Refusal.mismatch(
                  "grant_type", grantType.value(), "one of " + client.grantTypeValues()))
          .exception();
    }
    return asked;
  }
}
