package dev.countersign.remote;

import dev.countersign.protocol.http.Authority;
import dev.countersign.protocol.http.Headers;
import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its whole answer, over {@code https} only and within bounds of time and size. No
 * redirect is followed. May be called by any number of threads at once.
 */
public final class HttpsExchange {

  private static final Logger log = LoggerFactory.getLogger(HttpsExchange.class);

  private final HttpClient client;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * Stores its parts.
   *
   * @param client follows no redirects, see {@link StrictTls#accept}
   * @param timeout longest time from the call to the last byte of the answer; positive
   * @param maxBytes largest body of an answer, this size included; positive
   * @throws IllegalArgumentException if the client follows redirects or a bound is not positive
   */
  public HttpsExchange(HttpClient client, Duration timeout, int maxBytes) {
    if (timeout.isZero() || timeout.isNegative() || maxBytes < 1) {
      throw new IllegalArgumentException("timeout and maxBytes must be positive");
    }
    this.client = StrictTls.accept(client);
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * Sends the request and waits for the whole answer, of whatever status.
   *
   * @throws RemoteException if the URL is not {@code https} (nothing is sent then), or no whole
   *     answer came within the bounds; it names the host and not the path, which may hold what is
   *     private to a person
   */
  @Enforces("SP-5.2.1-1")
  public RemoteAnswer send(HttpRequest request) throws RemoteException {
    URI place = requireHttps(request.uri()).resolve("/");
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new BoundedBody(maxBytes));
    try {
      HttpResponse<byte[]> whole = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new RemoteAnswer(whole.statusCode(), fields(whole.headers()), whole.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new RemoteException(Kind.TIMEOUT, place, "no whole answer within " + timeout, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new RemoteException(Kind.INTERRUPTED, place, "interrupted while waiting", e);
    } catch (ExecutionException e) {
      throw classify(place, e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * The URL, if it is an absolute {@code https} URL with a host, without user information and with
   * no port that cannot be.
   */
  static URI requireHttps(URI place) throws RemoteException {
    if (!"https".equalsIgnoreCase(place.getScheme()) || !Authority.isPlain(place)) {
      throw new RemoteException(Kind.INSECURE_URL, place, "not an https URL");
    }
    return place;
  }

  @Enforces("TLS-7")
  private static RemoteException classify(URI place, Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof BoundedBody.TooLargeException) {
        return new RemoteException(Kind.TOO_LARGE, place, "the answer is too large", fault);
      }
      if (cause instanceof SSLException) {
        // RFC 9110 section 4.3.4: an automated client logs a certificate it does not trust.
        log.warn("TLS to {} failed: {}", place.getHost(), cause.getMessage());
        return new RemoteException(Kind.TLS, place, "the TLS handshake failed", fault);
      }
    }
    return new RemoteException(Kind.UNREACHABLE, place, "no connection, or it broke", fault);
  }

  private static Headers fields(HttpHeaders headers) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    headers
        .map()
        .forEach(
            (name, values) -> {
              // HTTP/2 pseudo fields are no fields.
              if (!name.startsWith(":")) {
                values.forEach(value -> fields.add(Map.entry(name, value)));
              }
            });
    return Headers.of(fields);
  }
}
