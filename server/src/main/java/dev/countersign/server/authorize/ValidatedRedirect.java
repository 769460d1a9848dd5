package dev.countersign.server.authorize;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.client.RegisteredClient;
import java.time.Instant;

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

  /** The way back with a code. */
  HttpResponse success(AuthorizationCode code);

  /** The way back with an error. */
  HttpResponse failure(OAuthError error, String description);

  /**
   * The way back for a request, in its response mode.
   *
   * @param browser what the browser asked now, for the language of a page
   * @throws dev.countersign.protocol.refusal.RefusalException when the redirect URI is not (or no
   *     longer) registered; a page is shown then (OA-2)
   */
  @Enforces({"SP-5.3.2.1-7", "OA-2", "PAR-13"})
  static ValidatedRedirect of(
      RegisteredClient client,
      AuthorizationRequest request,
      ResponseModes modes,
      HttpRequest browser,
      Instant now) {
    if (!client.hasRedirectUri(request.redirectUri())) {
      throw Trouble.UNKNOWN_ADDRESS
          .refusal("OA-2")
          .withDetail(
              Refusal.mismatch(
                  "redirect_uri", request.redirectUri().value(), "one of " + client.redirectUris()))
          .exception();
    }
    return new Validated(client, request, modes, browser, now);
  }
}
