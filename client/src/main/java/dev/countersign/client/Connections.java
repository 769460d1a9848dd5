package dev.countersign.client;

import dev.countersign.remote.StrictTls;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * By what each kind of call goes; only some show the certificate.
 *
 * @param plain shows none
 * @param backChannel to the endpoints of the authorization server that authenticate the client
 * @param userinfo to userinfo and grants
 * @param resources to resource servers
 */
record Connections(
    HttpClient plain, HttpClient backChannel, HttpClient userinfo, HttpClient resources) {

  /**
   * What the application gave; what it did not is made by the rules of {@link StrictTls}.
   *
   * @param plain shows no certificate
   * @param trust where trusted authorities come from
   * @param shown shows the certificate
   * @param shownBy holds the certificate, and where trusted authorities come from
   */
  record Given(
      Optional<HttpClient> plain,
      Optional<SSLContext> trust,
      Optional<HttpClient> shown,
      Optional<SSLContext> shownBy,
      Duration timeout) {}

  /**
   * Those of one client.
   *
   * @param shows whether any call shows the certificate
   * @param atUserinfo whether the call of userinfo does
   * @param atResources whether calls of resource servers do
   * @throws IllegalArgumentException if a certificate is to be shown and there is none
   */
  static Connections of(Given given, boolean shows, boolean atUserinfo, boolean atResources) {
    HttpClient plain =
        given.plain().orElseGet(() -> StrictTls.httpClient(trust(given), given.timeout()));
    if (!shows) {
      return new Connections(plain, plain, plain, plain);
    }
    HttpClient shown =
        given
            .shown()
            .or(() -> given.shownBy().map(by -> StrictTls.httpClient(by, given.timeout())))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the client needs a certificate: call mutualTls (SP-5.3.3.1-7)"));
    return new Connections(plain, shown, atUserinfo ? shown : plain, atResources ? shown : plain);
  }

  private static SSLContext trust(Given given) {
    return given
        .trust()
        .orElseGet(
            () -> {
              try {
                return SSLContext.getDefault();
              } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("the Java runtime has no default TLS settings", e);
              }
            });
  }
}
