package dev.countersign.remote;

import dev.countersign.requirement.Enforces;
import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The TLS settings of outgoing connections: TLS 1.3 or 1.2, of TLS 1.2 only the four suites that
 * BCP 195 recommends, host names checked (RFC 9325 section 4.2, RFC 9525).
 */
public final class StrictTls {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private static final String[] CIPHER_SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  };

  /** A property of the JDK that turns the check of host names off for every {@link HttpClient}. */
  private static final String UNCHECKED_HOSTS =
      "jdk.internal.httpclient.disableHostnameVerification";

  private StrictTls() {}

  /**
   * An HTTP client that follows no redirect, keeps no cookie and offers what {@link #parameters}
   * says. Certificates are judged by the trust managers of {@code context}.
   *
   * @param context where the trusted authorities come from; {@link SSLContext#getDefault()} for
   *     those of the JDK
   * @param connectTimeout longest time to wait for a connection
   * @throws IllegalStateException if a system property turns the check of host names off
   */
  @Enforces({"SP-5.2.1-1", "SP-5.2.1-2", "SP-5.2.1-3", "SP-5.2.2-2", "TLS-1", "TLS-2", "TLS-3"})
  public static HttpClient httpClient(SSLContext context, Duration connectTimeout) {
    refuseUncheckedHosts();
    return HttpClient.newBuilder()
        .sslContext(context)
        .sslParameters(parameters())
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout)
        .build();
  }

  /** The protocols and suites to offer, with host names checked against the certificate. */
  @Enforces({"SP-5.2.1-5", "TLS-7"})
  public static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters(CIPHER_SUITES.clone(), PROTOCOLS.clone());
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  /**
   * Takes a client that somebody else made, for instance one with a proxy.
   *
   * @return {@code client}
   * @throws IllegalArgumentException if it follows redirects: a redirect would carry tokens, codes
   *     and assertions to a place that no metadata names
   * @throws IllegalStateException if a system property turns the check of host names off
   */
  @Enforces("SP-5.2.1-5")
  public static HttpClient accept(HttpClient client) {
    refuseUncheckedHosts();
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "the HTTP client follows redirects: build it with followRedirects(NEVER)");
    }
    return client;
  }

  private static void refuseUncheckedHosts() {
    String value = System.getProperty(UNCHECKED_HOSTS);
    if (value != null && (value.isEmpty() || Boolean.parseBoolean(value))) {
      throw new IllegalStateException(
          "the system property " + UNCHECKED_HOSTS + " turns the check of host names off");
    }
  }
}
