package dev.countersign.attacker.tls;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.protocol.oauth.Issuer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server by hand that says the same to everyone, and how one is asked. */
final class Asked implements AutoCloseable {
  private final ServerSocket listening;

  private Asked(ServerSocket listening) {
    this.listening = listening;
  }

  /** Reads what comes first, writes this and closes. */
  static Asked thatSays(byte[] words) {
    try {
      ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> answer(listening, words));
      return new Asked(listening);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(ServerSocket listening, byte[] words) {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        byte[] head = socket.getInputStream().readNBytes(5);
        socket.getInputStream().readNBytes(((head[3] & 0xff) << 8) | (head[4] & 0xff));
        socket.getOutputStream().write(words);
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        // The probe went away, or the test is over.
      }
    }
  }

  URI origin() {
    return origin("127.0.0.1", listening.getLocalPort());
  }

  static URI origin(String host, int port) {
    return URI.create("https://" + host + ":" + port);
  }

  /** A probe that may reach this origin only, and trusts these. */
  static TlsProbe probe(URI origin, X509Certificate... trusted) {
    Bounds bounds =
        new Bounds(
            Set.of(origin.getHost() + ":" + origin.getPort()),
            1000,
            1000,
            Duration.ofSeconds(10),
            false);
    return new TlsProbe(
        new Wire(
            new Target(
                new Issuer("https://as.example"),
                bounds,
                List.of(trusted),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of())));
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
