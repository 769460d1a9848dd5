package dev.countersign.server.userinfo;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.http.FormBody;
import java.util.List;

/** Finds the access token of a request: in the Authorization header, by the scheme DPoP. */
final class PresentedToken {
  private static final String SCHEME = "dpop ";

  private PresentedToken() {}

  @Enforces({"SP-5.3.4-1", "SP-5.3.4-2", "DP-10", "DP-12"})
  static AccessToken of(HttpRequest request) {
    refuseOtherPlaces(request);
    List<String> headers = request.headers().all("authorization");
    if (headers.isEmpty()) {
      throw refuse(OAuthError.INVALID_TOKEN, "DP-11", "an access token is needed");
    }
    if (headers.size() > 1) {
      throw refuse(OAuthError.INVALID_REQUEST, "DP-12", "more than one Authorization header");
    }
    String value = headers.getFirst();
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refuse(OAuthError.INVALID_TOKEN, "DP-12", "the token must come by the scheme DPoP");
    }
    try {
      return new AccessToken(value.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException e) {
      throw refuse(OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid");
    }
  }

  private static void refuseOtherPlaces(HttpRequest request) {
    boolean inQuery =
        request.query().map(Form::parseQuery).filter(form -> form.has("access_token")).isPresent();
    boolean inBody = request.body().length > 0 && FormBody.read(request).has("access_token");
    if (inQuery || inBody) {
      throw refuse(
          OAuthError.INVALID_REQUEST,
          "SP-5.3.4-2",
          "the token belongs in the Authorization header");
    }
  }

  private static RefusalException refuse(OAuthError error, String rule, String description) {
    return new RefusalException(Refusal.oauth(error, rule, description));
  }
}
