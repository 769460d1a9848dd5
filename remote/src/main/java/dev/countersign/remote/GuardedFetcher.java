package dev.countersign.remote;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.remote.GuardedSocketFactory.RefusedAddressException;
import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches JSON documents from URLs that other parties chose: as {@link HttpsFetcher} does, and from
 * addresses that an {@link AddressRule} allows alone, so that nobody can send us into our own
 * network. Each document comes over a connection of its own, in HTTP/1.1, without proxy. May be
 * called by any number of threads at once.
 */
// The JDK's newer client does not tell with which address it is connected.
public final class GuardedFetcher implements JsonFetcher {

  private static final Logger log = LoggerFactory.getLogger(GuardedFetcher.class);

  private static final Duration MOST_PATIENCE = Duration.ofHours(1);
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final SSLContext context;
  private final AddressRule rule;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * Stores its parts.
   *
   * @param context where the trusted authorities come from
   * @param timeout longest time from the call to the last byte of the answer; up to an hour
   * @param maxBytes largest document, this size included; 1 to 16 MiB
   * @throws IllegalArgumentException if a bound is not as it must be
   */
  public GuardedFetcher(SSLContext context, AddressRule rule, Duration timeout, int maxBytes) {
    if (timeout.toMillis() < 1 || timeout.compareTo(MOST_PATIENCE) > 0) {
      throw new IllegalArgumentException("timeout must be 1 ms to " + MOST_PATIENCE);
    }
    if (maxBytes < 1 || maxBytes > MOST_BYTES) {
      throw new IllegalArgumentException("maxBytes must be 1 to " + MOST_BYTES);
    }
    this.context = context;
    this.rule = rule;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * The JSON object at the URL.
   *
   * @throws RemoteException for what {@link HttpsFetcher#json} refuses, and of {@link
   *     Kind#REFUSED_ADDRESS} if the host has, or the connection ends at, an address that is not
   *     allowed; no request is sent then
   */
  @Override
  @Enforces({"SP-5.2.1-1", "SP-5.4.2-1", "DC-5"})
  public JsonObject json(URI https) throws RemoteException {
    HttpsExchange.requireHttps(https);
    byte[] body = await(https, new FutureTask<>(() -> fetch(https)));
    try {
      return JsonObject.parse(body, JsonLimits.DEFAULT.withMaxBytes(Math.max(body.length, 1)));
    } catch (MalformedJsonException e) {
      throw new RemoteException(Kind.CONTENT, https, "not a strict JSON object", e);
    }
  }

  /** In a virtual thread, whose interruption closes the socket that it waits for. */
  private byte[] await(URI place, FutureTask<byte[]> task) throws RemoteException {
    Thread.ofVirtual().name("countersign-guarded-fetch").start(task);
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw late(place, e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw RemoteException.interrupted(e);
    } catch (ExecutionException e) {
      throw classify(place, e.getCause() == null ? e : e.getCause());
    }
  }

  private byte[] fetch(URI https) throws IOException, RemoteException, InterruptedException {
    requireAllowed(https);
    HttpsURLConnection connection =
        (HttpsURLConnection) https.toURL().openConnection(Proxy.NO_PROXY);
    int millis = Math.toIntExact(timeout.toMillis());
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json, application/jwk-set+json");
    connection.setRequestProperty("Connection", "close");
    connection.setSSLSocketFactory(new GuardedSocketFactory(context.getSocketFactory(), rule));
    try {
      int status = connection.getResponseCode();
      if (status != 200) {
        throw RemoteException.status(https, status);
      }
      return body(https, connection);
    } finally {
      connection.disconnect();
    }
  }

  /** Looked up here first, so that in general not even a connection is made. */
  private void requireAllowed(URI https) throws IOException, RemoteException, InterruptedException {
    for (InetAddress address : addresses(https.getHost())) {
      if (!rule.allows(address)) {
        throw refused(https);
      }
    }
  }

  /** In a thread of the system: a slow name server would hold up one that virtual threads share. */
  private static InetAddress[] addresses(String host) throws IOException, InterruptedException {
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    Thread.ofPlatform().daemon().name("countersign-name-lookup").start(lookup);
    try {
      return lookup.get();
    } catch (ExecutionException e) {
      throw new IOException("the host has no address", e);
    }
  }

  private byte[] body(URI place, HttpsURLConnection connection)
      throws IOException, RemoteException {
    try (InputStream in = connection.getInputStream()) {
      byte[] body = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw new RemoteException(Kind.TOO_LARGE, place, "the answer is too large");
      }
      return body;
    }
  }

  @Enforces("TLS-7")
  private RemoteException classify(URI place, Throwable fault) {
    return switch (fault) {
      case RemoteException known -> known;
      case RefusedAddressException guarded -> refused(place);
      case SocketTimeoutException late -> late(place, late);
      case SSLException untrusted -> {
        // RFC 9110 section 4.3.4: an automated client logs a certificate it does not trust.
        log.warn("TLS to {} failed: {}", place.getHost(), untrusted.getMessage());
        yield new RemoteException(Kind.TLS, place, "the TLS handshake failed", untrusted);
      }
      case IOException broken ->
          new RemoteException(Kind.UNREACHABLE, place, "no connection, or it broke", broken);
      default -> throw new IllegalStateException("a document could not be fetched", fault);
    };
  }

  private RemoteException late(URI place, Exception cause) {
    return new RemoteException(Kind.TIMEOUT, place, "no whole answer within " + timeout, cause);
  }

  private static RemoteException refused(URI place) {
    return new RemoteException(
        Kind.REFUSED_ADDRESS, place, "its host is at an address that is not allowed");
  }
}
