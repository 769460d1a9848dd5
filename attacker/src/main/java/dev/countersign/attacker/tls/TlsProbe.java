package dev.countersign.attacker.tls;

import dev.countersign.attacker.wire.NoAnswerException;
import dev.countersign.attacker.wire.OutOfBoundsException;
import dev.countersign.attacker.wire.Wire;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Asks a server what its TLS lets happen. Each question is a connection of its own, within the
 * bounds of the {@link Wire}. May be used by any thread.
 *
 * <p>All methods throw {@link OutOfBoundsException} where nothing may be sent, {@link
 * NoAnswerException} where the server says nothing in time, and another {@link IOException} where
 * there is no connection: then nothing is known of the server's TLS.
 */
public final class TlsProbe {
  private final Wire wire;

  /** Asks by this wire. */
  public TlsProbe(Wire wire) {
    this.wire = wire;
  }

  /**
   * What the server says to a ClientHello that offers this version only, and these suites.
   *
   * @param origin whose host and port are asked
   * @param suites at least one, the most wanted first
   */
  public Offered offer(URI origin, TlsVersion version, List<CipherSuite> suites)
      throws IOException {
    if (suites.isEmpty()) {
      throw new IllegalArgumentException("a ClientHello offers at least one suite");
    }
    try (Socket socket = wire.connect(origin)) {
      ServerWords words = new ServerWords(socket);
      try {
        socket.getOutputStream().write(ClientHello.of(origin.getHost(), version, suites));
      } catch (SocketException _) {
        return new Offered.Refused("closed the connection");
      }
      return words.read();
    }
  }

  /** What the server says to a ClientHello of this version with all suites that we know. */
  public Offered offer(URI origin, TlsVersion version) throws IOException {
    return offer(origin, version, CipherSuite.all(version));
  }

  /** Whether the server speaks exactly this version, with whatever suite. */
  public boolean accepts(URI origin, TlsVersion version) throws IOException {
    return offer(origin, version) instanceof Offered.Accepted accepted
        && accepted.version() == version;
  }

  /**
   * The suites that the server speaks in this version, by its own preference if it has one. Takes
   * one connection for each, and one more: offers all, and again without the one that was chosen,
   * until the server refuses.
   */
  public List<CipherSuite> acceptedSuites(URI origin, TlsVersion version) throws IOException {
    List<CipherSuite> left = new ArrayList<>(CipherSuite.all(version));
    List<CipherSuite> chosen = new ArrayList<>();
    while (!left.isEmpty()
        && offer(origin, version, left) instanceof Offered.Accepted accepted
        && accepted.version() == version) {
      chosen.add(accepted.suite());
      // A server that chooses what was not offered would do so for ever.
      if (!left.remove(accepted.suite())) {
        break;
      }
    }
    return List.copyOf(chosen);
  }

  /**
   * The certificates that the server shows to a client of TLS 1.2 or 1.3, whoever signed them. The
   * handshake ends there, so that nothing is known of the server's key.
   *
   * @throws NoAnswerException also where the server refuses the handshake before
   */
  public CertificateFacts certificate(URI origin) throws IOException {
    AnyChain seen = new AnyChain();
    try (Socket plain = wire.connect(origin);
        SSLSocket socket = over(plain, origin.getHost(), seen)) {
      socket.startHandshake();
    } catch (SSLException | SocketException | SocketTimeoutException e) {
      if (seen.chain().isEmpty()) {
        throw new NoAnswerException("the server showed no certificate", e);
      }
    }
    return new CertificateFacts(origin.getHost(), seen.chain());
  }

  /**
   * Why a handshake of a careful client fails, which trusts whom the target file trusts and checks
   * the name; empty if it succeeds.
   */
  public Optional<String> distrust(URI origin) throws IOException {
    try (SSLSocket _ = wire.connectTls(origin, Optional.empty())) {
      return Optional.empty();
    } catch (SSLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      throw new NoAnswerException("no handshake in time", e);
    }
  }

  private static SSLSocket over(Socket plain, String host, AnyChain seen) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {seen}, null);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
      socket.setEnabledCipherSuites(socket.getSupportedCipherSuites());
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has TLS", e);
    }
  }
}
