package dev.countersign.it.journey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ClientException;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name in Host or in TLS that is not the server's breaks no request that is correct. */
class WrongNamesTest {
  private static World world;

  @BeforeAll
  static void start(@TempDir Path folder) {
    world = new World(folder, Jose.jdk());
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @ParameterizedTest(name = "{0}, SNI {1}, Host {2}")
  @CsvSource({
    "127.0.0.1, none, localhost",
    "127.0.0.1, none, wrong.example",
    "127.0.0.1, wrong.example, localhost",
    "127.0.0.1, wrong.example, other.example:1",
    "localhost, none, wrong.example",
    "localhost, wrong.example, localhost",
    "localhost, localhost, wrong.example",
    "localhost, wrong.example, other.example:1"
  })
  void doesNotMatter(String address, String sni, String host) throws ClientException, IOException {
    RawClient app = world.app();
    Form form = app.authenticated(Form.builder().add("grant_type", "client_credentials").build());
    String proof = app.proof("POST", app.tokenEndpoint(), Optional.empty(), app.nonce());

    String answer =
        send(
            new Way(address, sni, app.tokenEndpoint().getPort()),
            "POST " + app.tokenEndpoint().getRawPath(),
            form.encode(),
            List.of(
                "Host: " + host,
                "DPoP: " + proof,
                "Content-Type: application/x-www-form-urlencoded"));

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"token_type\":\"DPoP\"");
    String token = answer.replaceAll("(?s).*\"access_token\":\"([^\"]+)\".*", "$1");
    assertThat(accounts(new AccessToken(token), new Way(address, sni, port()), host))
        .startsWith("HTTP/1.1 200 ");
  }

  private static int port() {
    return world.accounts().getPort();
  }

  private static String accounts(AccessToken token, Way way, String host) throws IOException {
    RawClient app = world.app();
    URI accounts = world.accounts();
    Optional<String> nonce = app.get(accounts, token).header("DPoP-Nonce");
    return send(
        way,
        "GET " + accounts.getRawPath(),
        "",
        List.of(
            "Host: " + host,
            "Authorization: DPoP " + token.reveal(),
            "DPoP: " + app.proof("GET", accounts, Optional.of(token), nonce)));
  }

  /** How a request gets to a server. */
  private record Way(String address, String sni, int port) {}

  /** Written by hand, because no HTTP library sends such names. */
  private static String send(Way way, String start, String body, List<String> fields)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            world.tls().trust().getSocketFactory().createSocket(way.address(), way.port())) {
      socket.setSoTimeout(10_000);
      if (!way.sni().equals("none")) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(way.sni())));
        socket.setSSLParameters(parameters);
      }
      String request =
          "%s HTTP/1.1\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
              .formatted(start, String.join("\r\n", fields), body.length(), body);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
