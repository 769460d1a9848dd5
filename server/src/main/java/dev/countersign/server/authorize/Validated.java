package dev.countersign.server.authorize;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.server.client.RegisteredClient;
import java.time.Instant;

/** The one form of {@link ValidatedRedirect}; package-private, so that nobody else can make one. */
record Validated(
    RegisteredClient client,
    AuthorizationRequest request,
    ResponseModes modes,
    HttpRequest browser,
    Instant now)
    implements ValidatedRedirect {

  @Override
  public RedirectUri redirectUri() {
    return request.redirectUri();
  }

  @Override
  public HttpResponse success(AuthorizationCode code) {
    return modes.send(
        new AuthorizationResponse.Success(code, request.state(), modes.issuer()), this);
  }

  @Override
  public HttpResponse failure(OAuthError error, String description) {
    return modes.send(
        new AuthorizationResponse.Failure(error, description, request.state(), modes.issuer()),
        this);
  }
}
