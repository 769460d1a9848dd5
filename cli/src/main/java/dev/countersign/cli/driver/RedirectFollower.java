package dev.countersign.cli.driver;

import dev.countersign.client.AuthorizationUrl;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.remote.RemoteException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * A browser that only follows redirects: enough for a server that asks nobody anything. Nobody has
 * to listen at the redirect URI, since it reads where it is sent and does not go there.
 */
public final class RedirectFollower implements UserAgent {
  private static final int MOST = 5;

  private final HttpsExchange exchange;

  /** Goes by connections that show no certificate. */
  public RedirectFollower(HttpsExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String visit(AuthorizationUrl url, RedirectUri redirectUri)
      throws NotSentBackException, RemoteException {
    URI at = url.value();
    for (int i = 0; i < MOST; i++) {
      at = at.resolve(location(at));
      if (isAt(at, redirectUri.uri())) {
        return Optional.ofNullable(at.getRawQuery()).orElse("");
      }
    }
    throw new NotSentBackException("the authorization endpoint redirects more than 5 times");
  }

  private URI location(URI from) throws NotSentBackException, RemoteException {
    RemoteAnswer answer =
        exchange.send(HttpRequest.newBuilder(from).header("Accept", "text/html").GET().build());
    boolean redirects = answer.status() >= 300 && answer.status() < 400;
    try {
      return answer
          .headers()
          .first("Location")
          .filter(_ -> redirects)
          .map(URI::create)
          .orElseThrow(
              () ->
                  new NotSentBackException(
                      "the authorization endpoint answered %d and sends nobody back"
                          .formatted(answer.status())));
    } catch (IllegalArgumentException malformed) {
      throw new NotSentBackException("the authorization endpoint redirects to no URL");
    }
  }

  /** The query of the redirect URI, if it has one, is followed by the answer. */
  private static boolean isAt(URI place, URI redirectUri) {
    return Objects.equals(place.getScheme(), redirectUri.getScheme())
        && Objects.equals(place.getRawAuthority(), redirectUri.getRawAuthority())
        && Objects.equals(place.getRawPath(), redirectUri.getRawPath());
  }
}
