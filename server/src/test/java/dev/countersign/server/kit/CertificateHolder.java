package dev.countersign.server.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Who calls at the listener that asks for certificates, with one or without. */
public final class CertificateHolder {
  /** The listener, as the configuration of a {@link TestServer} has it. */
  public static final String LISTENER = "mtls: {url: 'https://mtls.example.com:9443', port: 0}\n";

  private final TestServer server;
  private final SSLContext identity;

  private CertificateHolder(TestServer server, SSLContext identity) {
    this.server = server;
    this.identity = identity;
  }

  /** Who shows this certificate. */
  public static CertificateHolder of(TestServer server, TestTls shown) {
    return new CertificateHolder(server, shown.client(server.tls().certificate()));
  }

  /** Who shows none when asked. */
  public static CertificateHolder none(TestServer server) {
    return new CertificateHolder(server, server.tls().trust());
  }

  /** The configuration with the second listener and more clients. */
  public static String in(String yaml, String clients) {
    return LISTENER + yaml.replace("resource_servers:\n", clients + "resource_servers:\n");
  }

  /** Posts a form to a path below the issuer. */
  public Reply post(String path, Params form, String... proofs) {
    return post(path, form, List.of(proofs).stream().map(one -> Map.entry("DPoP", one)).toList());
  }

  /** Posts a form with these header fields. */
  public Reply post(String path, Params form, List<Map.Entry<String, String>> headers) {
    HttpRequest.Builder request =
        to(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofByteArray(form.encode().getBytes(UTF_8)));
    headers.forEach(header -> request.header(header.getKey(), header.getValue()));
    return send(request);
  }

  /** Asks for tokens as this client, without an assertion. */
  public Reply token(String clientId, Params request, String... proofs) {
    return post("/token", request.and("client_id", clientId), proofs);
  }

  /** Asks for a token of the client itself. */
  public Reply token(String clientId) {
    return token(clientId, Params.of("grant_type", "client_credentials"));
  }

  /** Asks userinfo with any Authorization header and these proofs. */
  public Reply userinfo(String authorization, String... proofs) {
    HttpRequest.Builder request = to("/userinfo").header("Authorization", authorization);
    List.of(proofs).forEach(proof -> request.header("DPoP", proof));
    return send(request);
  }

  /** Sends a request without body with any Authorization header. */
  public Reply send(String method, String path, String authorization) {
    return send(
        to(path)
            .header("Authorization", authorization)
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  private HttpRequest.Builder to(String path) {
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

  /** A certificate that is valid when a {@link TestServer} starts, and an hour before and after. */
  public static TestCertificate valid(TestCertificate certificate) {
    Instant start = new TestClock().instant();
    return certificate.valid(start.minus(Duration.ofHours(1)), start.plus(Duration.ofHours(1)));
  }

  /** A JWK set whose one key is that of the certificate, with the certificate in its x5c. */
  public static String jwks(TestTls registered) {
    ECPublicKey key = (ECPublicKey) registered.certificate().getPublicKey();
    return """
    {"keys":[{"kty":"EC","crv":"P-256","x":"%s","y":"%s","x5c":["%s"]}]}\
    """
        .formatted(
            coordinate(key.getW().getAffineX()),
            coordinate(key.getW().getAffineY()),
            base64(registered));
  }

  /** The certificate in base64, as {@code x5c} and {@code Client-Cert} have it. */
  public static String base64(TestTls shown) {
    try {
      return Base64.getEncoder().encodeToString(shown.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes certificates into one file in PEM. */
  public static void write(Path file, TestTls... certificates) {
    StringBuilder pem = new StringBuilder();
    try {
      for (TestTls one : certificates) {
        pem.append(TestTls.pem("CERTIFICATE", one.certificate().getEncoded()));
      }
      Files.writeString(file, pem);
    } catch (CertificateEncodingException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, fixed.length);
    System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
