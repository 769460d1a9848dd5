package dev.countersign.server.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Somebody at the second listener, who shows a certificate or none. */
public final class CertificateClient {
  private final TestServer server;
  private final SSLContext identity;

  /** Who shows this certificate, or none. */
  public CertificateClient(TestServer server, Optional<TestTls> certificate) {
    this.server = server;
    this.identity =
        certificate
            .map(own -> own.client(server.tls().certificate()))
            .orElseGet(() -> server.tls().trust());
  }

  /** Posts a form to a path below the issuer. */
  public Reply post(String path, Params form, String... proofs) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofByteArray(form.encode().getBytes(UTF_8)));
    List.of(proofs).forEach(proof -> request.header("DPoP", proof));
    return send(request);
  }

  /** Asks userinfo with these headers. */
  public Reply userinfo(String authorization, List<Map.Entry<String, String>> headers) {
    HttpRequest.Builder request = request("/userinfo").header("Authorization", authorization);
    headers.forEach(header -> request.header(header.getKey(), header.getValue()));
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create(
                "https://localhost:"
                    + server.mtlsPort()
                    + TestServer.ISSUER.uri().getRawPath()
                    + path))
        .timeout(Duration.ofSeconds(20));
  }

  private Reply send(HttpRequest.Builder request) {
    try (HttpClient http = HttpClient.newBuilder().sslContext(identity).build()) {
      return new Reply(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A JWK set whose one key, that of {@code key}, has the certificate of {@code shown}. */
  public static String jwks(TestTls key, TestTls shown) {
    try {
      ECPublicKey point = (ECPublicKey) key.certificate().getPublicKey();
      return """
      {"keys":[{"kty":"EC","crv":"P-256","x":"%s","y":"%s","x5c":["%s"]}]}\
      """
          .formatted(
              coordinate(point.getW().getAffineX()),
              coordinate(point.getW().getAffineY()),
              Base64.getEncoder().encodeToString(shown.certificate().getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(fixed, 32));
  }
}
