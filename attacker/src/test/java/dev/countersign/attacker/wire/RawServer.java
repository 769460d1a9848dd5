package dev.countersign.attacker.wire;

import dev.countersign.testkit.TestTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that writes whatever a test wants in answer to each request, and closes. */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What is said. */
  @FunctionalInterface
  interface Script {
    void write(OutputStream out) throws IOException;
  }

  private RawServer(ServerSocket socket, String scheme, Script script) {
    this.socket = socket;
    this.scheme = scheme;
    threads.execute(() -> take(script));
  }

  private void take(Script script) {
    try {
      while (true) {
        Socket taken = socket.accept();
        threads.execute(() -> serve(taken, script));
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static RawServer tls(Script script) throws IOException {
    return new RawServer(
        TestTls.LOCALHOST
            .server()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        "https",
        script);
  }

  static RawServer tls(String text) throws IOException {
    return tls(out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static RawServer plain(String text) throws IOException {
    return new RawServer(
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        "http",
        out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void serve(Socket taken, Script script) {
    try (taken) {
      BufferedReader head =
          new BufferedReader(
              new InputStreamReader(taken.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = head.readLine();
      while (line != null && !line.isEmpty()) {
        line = head.readLine();
      }
      script.write(taken.getOutputStream());
      taken.getOutputStream().flush();
    } catch (IOException e) {
      // Who asked had enough and hung up: most scripts are made for that.
    }
  }

  URI url() {
    return URI.create(scheme + "://localhost:" + socket.getLocalPort() + "/");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
