package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a session ticket invites early data stands in a message that is encrypted, so a client in
 * a JVM of its own prints what it was sent.
 */
class EarlyDataTest {
  private static final String PASSWORD = "change it";
  private static final Pattern TICKET =
      Pattern.compile("\"NewSessionTicket\": \\{.*?\"ticket\"\\s*:.*?\\n\\}", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  @Requirement({"TLS-6"})
  void invitesNoEarlyData() throws Exception {
    try (Served served = Served.by(request -> HttpResponse.empty(204))) {
      String said = client(served.port());
      assertThat(said).contains("HTTP/1.1 204 ");
      Matcher ticket = TICKET.matcher(said);
      assertThat(ticket.find()).as(said).isTrue();
      assertThat(ticket.group()).contains("<no extension>").doesNotContain("early_data");
    }
  }

  private String client(int port) throws Exception {
    Path roots = folder.resolve("roots.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", Certificates.ROOT.certificate());
    try (OutputStream out = Files.newOutputStream(roots)) {
      store.store(out, PASSWORD.toCharArray());
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djavax.net.debug=ssl:handshake",
                "-Djavax.net.ssl.trustStore=" + roots,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                Client.class.getName(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  /** Asks once over TLS 1.3 and prints the answer. */
  static final class Client {
    private Client() {}

    public static void main(String[] args) throws Exception {
      try (SSLSocket socket =
          (SSLSocket)
              SSLSocketFactory.getDefault().createSocket("127.0.0.1", Integer.parseInt(args[0]))) {
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
        System.out.println(new String(socket.getInputStream().readAllBytes(), UTF_8));
      }
    }
  }
}
