package dev.countersign.server.authorize;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.client.RegisteredClient;

/**
 * A way back to the client that may be taken: the redirect URI is registered for it right now. Only
 * {@link #of} makes one, so that an open redirect does not compile.
 */
public sealed interface ValidatedRedirect permits Validated {

  /**
   * Where it leads.
   *
   * @return the redirect URI of the request
   */
  RedirectUri redirectUri();

  /** The redirect with a code. */
  HttpResponse success(AuthorizationCode code);

  /** The redirect with an error. */
  HttpResponse failure(OAuthError error, String description);

  /**
   * The way back for a request.
   *
   * @throws dev.countersign.protocol.refusal.RefusalException when the redirect URI is not (or no
   *     longer) registered; a page is shown then (OA-2)
   */
  @Enforces({"SP-5.3.2.1-7", "OA-2", "PAR-13"})
  static ValidatedRedirect of(
      RegisteredClient client, AuthorizationRequest request, Issuer issuer) {
    if (!client.hasRedirectUri(request.redirectUri())) {
      throw Trouble.UNKNOWN_ADDRESS
          .refusal("OA-2")
          .withDetail(
              Refusal.mismatch(
                  "redirect_uri", request.redirectUri().value(), "one of " + client.redirectUris()))
          .exception();
    }
    return new Validated(request, issuer);
  }
}

/** Package-private, so that nobody else can make one. */
record Validated(AuthorizationRequest request, Issuer issuer) implements ValidatedRedirect {

  @Override
  public RedirectUri redirectUri() {
    return request.redirectUri();
  }

  @Override
  public HttpResponse success(AuthorizationCode code) {
    return redirect(new AuthorizationResponse.Success(code, request.state(), issuer));
  }

  @Override
  public HttpResponse failure(OAuthError error, String description) {
    return redirect(new AuthorizationResponse.Failure(error, description, request.state(), issuer));
  }

  /** 303: a form with a password must not be sent on to the client. */
  @Enforces({"SP-5.3.2.2-7", "SP-5.3.2.2-10", "SP-5.3.2.2-11", "BCP-4.12"})
  private HttpResponse redirect(AuthorizationResponse response) {
    return HttpResponse.redirect303(response.redirectTo(request.redirectUri()));
  }
}
