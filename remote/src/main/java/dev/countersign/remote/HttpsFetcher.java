package dev.countersign.remote;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.remote.RemoteException.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * Fetches JSON documents: metadata and key sets. Over {@code https} only, without redirects, within
 * bounds of time and size. May be called by any number of threads at once.
 */
public final class HttpsFetcher implements JsonFetcher {

  private final HttpsExchange exchange;

  /**
   * Stores its parts.
   *
   * @param client follows no redirects, see {@link StrictTls#accept}
   * @param timeout longest time from the call to the last byte of the answer; positive
   * @param maxBytes largest document, this size included; positive
   * @throws IllegalArgumentException if the client follows redirects or a bound is not positive
   */
  public HttpsFetcher(HttpClient client, Duration timeout, int maxBytes) {
    this.exchange = new HttpsExchange(client, timeout, maxBytes);
  }

  @Override
  public JsonObject json(URI https) throws RemoteException {
    HttpsExchange.requireHttps(https);
    HttpRequest request =
        HttpRequest.newBuilder(https)
            .header("Accept", "application/json, application/jwk-set+json")
            .GET()
            .build();
    RemoteAnswer answer = exchange.send(request);
    if (answer.status() != 200) {
      throw RemoteException.status(https, answer.status());
    }
    try {
      return answer.json();
    } catch (MalformedJsonException e) {
      throw new RemoteException(Kind.CONTENT, https, "not a strict JSON object", e);
    }
  }
}
