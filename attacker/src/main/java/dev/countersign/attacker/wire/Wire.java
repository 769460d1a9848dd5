package dev.countersign.attacker.wire;

import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * All that the attacker sends goes through here, within the bounds of the target. May be used by
 * any thread.
 */
public final class Wire implements AutoCloseable {
  private final Pace pace;
  private final Duration timeout;
  private final List<X509Certificate> trusted;
  private final Set<String> typed;
  private final Map<Optional<TestCertificate>, HttpClient> clients = new ConcurrentHashMap<>();

  /** A wire to this target. Nothing is sent yet. */
  public Wire(Target target) {
    this.pace = new Pace(target.bounds());
    this.timeout = target.bounds().timeout();
    this.trusted = target.trust();
    this.typed =
        target.users().stream()
            .flatMap(user -> user.fill().keySet().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** A line that tells {@code heard} of every exchange. */
  public Line line(Consumer<Exchange> heard) {
    return new Line(this, heard);
  }

  /** How many requests were sent. */
  public int sent() {
    return pace.sent();
  }

  /** The fields that people type into, whose values are in no report. */
  Set<String> typed() {
    return typed;
  }

  Duration timeout() {
    return timeout;
  }

  void admit(URI url) throws OutOfBoundsException {
    pace.admit(url);
  }

  /**
   * Makes calls whose first requests leave at the same moment, each on a thread of its own, and
   * waits for all. It begins when the pace lets one more request leave, and all are counted against
   * the pace afterwards.
   *
   * @throws OutOfBoundsException if so many may not be sent
   * @throws IOException if one of them has no answer
   */
  public <T> List<T> atOnce(List<Callable<T>> calls) throws IOException {
    pace.reserve(calls.size());
    Burst burst = new Burst(calls.size());
    try {
      return burst.of(calls);
    } finally {
      pace.giveBack(burst.unused());
    }
  }

  HttpClient http(Optional<TestCertificate> shown) {
    return clients.computeIfAbsent(
        shown,
        certificate ->
            HttpClient.newBuilder()
                .sslContext(context(certificate))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build());
  }

  /**
   * A TCP connection, without TLS.
   *
   * @throws OutOfBoundsException if the host is not allowed, or the bound of requests is reached
   * @throws IOException if there is none
   */
  public Socket connect(URI url) throws IOException {
    admit(url);
    Socket socket = new Socket();
    try {
      int usual = "http".equals(url.getScheme()) ? 80 : 443;
      int port = url.getPort() < 0 ? usual : url.getPort();
      socket.connect(
          new InetSocketAddress(url.getHost(), port), Math.toIntExact(timeout.toMillis()));
      socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * A TLS connection that trusts whom the target file trusts and checks the name.
   *
   * @throws OutOfBoundsException if the host is not allowed, or the bound of requests is reached
   * @throws IOException if there is none
   */
  public SSLSocket connectTls(URI url, Optional<TestCertificate> shown) throws IOException {
    Socket plain = connect(url);
    try (Deadline _ = new Deadline(plain, timeout)) {
      return tls(plain, url, shown);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** TLS over a connection, after its handshake. */
  SSLSocket tls(Socket plain, URI url, Optional<TestCertificate> shown) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context(shown)
                .getSocketFactory()
                .createSocket(plain, url.getHost(), plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context(Optional<TestCertificate> shown) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] keys =
          shown.map(one -> new KeyManager[] {new OneKey(one)}).orElse(new KeyManager[0]);
      context.init(keys, trustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK has TLS", e);
    }
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (trusted.isEmpty()) {
      factory.init((KeyStore) null);
      return factory.getTrustManagers();
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("ca-" + i, trusted.get(i));
    }
    factory.init(store);
    return factory.getTrustManagers();
  }

  @Override
  public void close() {
    clients.values().forEach(HttpClient::shutdownNow);
  }
}
