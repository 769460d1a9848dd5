package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.edge.TrustedProxies.ClientAddressField;
import dev.countersign.requirement.Requirement;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of a peer that says who its client is: 127.0.0.1 is a proxy here, or is not. */
class TrustedProxiesTest {
  private static final String CERT = "Client-Cert";
  private static final String CHAIN = "Client-Cert-Chain";
  private static final String OURS = "127.0.0.0/8";
  private static final String OTHERS = "10.0.0.0/8";
  private static final TestClient CLIENT = TestClient.withChain(3);
  private static final TestClient OTHER = TestClient.selfSigned(Certificates.ec("secp256r1"));

  private final BlockingQueue<HttpRequest> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<RefusedRequest> refused = new LinkedBlockingQueue<>();
  private Optional<Served> served = Optional.empty();
  private HttpClient.Version http = HttpClient.Version.HTTP_1_1;

  @AfterEach
  void stop() {
    served.ifPresent(Served::close);
  }

  private void trust(String range, ClientAddressField field, boolean certificate)
      throws CannotListenException {
    trust(new TrustedProxies(List.of(AddressRange.parse(range)), field, certificate));
  }

  private void trust(TrustedProxies proxies) throws CannotListenException {
    Handler handler =
        new Handler() {
          @Override
          public HttpResponse handle(HttpRequest request) {
            seen.add(request);
            HttpResponse answer = HttpResponse.empty(204);
            return request.path().equals("/public")
                ? answer.with("Cache-Control", "public, max-age=300")
                : answer;
          }

          @Override
          public Optional<HttpResponse> refuse(RefusedRequest request) {
            refused.add(request);
            return Optional.empty();
          }
        };
    served =
        Optional.of(
            Served.by(
                handler,
                server ->
                    server.trustedProxies(proxies).clientCertificates(ClientCertificates.WANTED)));
  }

  private java.net.http.HttpResponse<Void> send(SSLContext context, String path, String... headers)
      throws Exception {
    var request = java.net.http.HttpRequest.newBuilder(served.orElseThrow().uri(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).version(http).build()) {
      return client.send(request.build(), BodyHandlers.discarding());
    }
  }

  private HttpRequest passed(String... headers) throws Exception {
    assertThat(send(Served.trusting(), "/", headers).statusCode()).isEqualTo(204);
    HttpRequest request = seen.remove();
    assertThat(request.headers().names())
        .doesNotContain("client-cert", "client-cert-chain", "x-forwarded-for", "forwarded");
    return request;
  }

  private void refused(String rule, String... headers) throws Exception {
    assertThat(send(Served.trusting(), "/", headers).statusCode())
        .as(String.join(" ", headers))
        .isEqualTo(400);
    assertThat(seen).isEmpty();
    assertThat(refused.remove().reason().orElseThrow().rule()).hasToString(rule);
  }

  private static String bytes(X509Certificate certificate) {
    try {
      return ":" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":";
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String leaf() {
    return bytes(CLIENT.chain().getFirst());
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"MT-10"})
  void believesATrustedProxyTheCertificateOfItsClient(HttpClient.Version version) throws Exception {
    http = version;
    trust(OURS, ClientAddressField.NONE, true);
    List<X509Certificate> chain = CLIENT.chain();
    String issuers = bytes(chain.get(1)) + ", " + bytes(chain.get(2));
    assertThat(passed(CERT, leaf(), CHAIN, issuers).clientCertificates()).isEqualTo(chain);
    // One line or two, blanks or none.
    assertThat(
            passed(CERT, leaf(), CHAIN, bytes(chain.get(1)), CHAIN, bytes(chain.get(2)))
                .clientCertificates())
        .isEqualTo(chain);
    assertThat(passed(CERT, leaf()).clientCertificates()).containsExactly(chain.getFirst());
    assertThat(passed().clientCertificates()).isEmpty();
  }

  /** Nor is padding looked for: RFC 8941 section 4.2.7. */
  @Test
  @Requirement({"MT-13"})
  void takesBase64WhoseLastBitsSayNothing() throws Exception {
    trust(OURS, ClientAddressField.NONE, true);
    String field =
        ":MIHrMIGeAhRNg4/CbXNHe06/9arVSAtbQ8ILZTAFBgMrZXAwDTELMAkGA1UEAwwCQ0EwIBcNMjYxM"
            + "TI2MTUzMzQ2WhgPMjA1MTA3MTgxNTMzNDZaMCIxETAPBgNVBAMMCGNsaWVudCAxMQ0wCwYDVQQKDAR"
            + "CYW5rMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURowBQYDK2VwA0EA0"
            + "1hO5JAGgKQ1NSQ0pmSJPoKj3TLevPcZGFFXAngZxW7LeJGsD7BNTRxcuZyojn1wfJ70U40rHdFclfG"
            + "djGzBDA==:";
    List<X509Certificate> whole = passed(CERT, field).clientCertificates();
    assertThat(whole).hasSize(1);
    for (String end : List.of("DI==:", "DP==:", "DA:")) {
      assertThat(passed(CERT, field.replace("DA==:", end)).clientCertificates()).isEqualTo(whole);
    }
  }

  /** Otherwise every client of the proxy would be the proxy. */
  @Test
  @Requirement({"MT-10"})
  void neverTakesTheProxysOwnCertificateForItsClients() throws Exception {
    trust(OURS, ClientAddressField.NONE, true);
    assertThat(send(OTHER.context(), "/").statusCode()).isEqualTo(204);
    assertThat(seen.remove().clientCertificates()).isEmpty();
    assertThat(send(OTHER.context(), "/", CERT, leaf()).statusCode()).isEqualTo(204);
    assertThat(seen.remove().clientCertificates()).containsExactly(CLIENT.chain().getFirst());
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"MT-10", "MT-12", "MT-13"})
  void refusesACertificateFromAnybodyElseWhereItWouldBeBelieved(HttpClient.Version version)
      throws Exception {
    http = version;
    trust(OTHERS, ClientAddressField.X_FORWARDED_FOR, true);
    refused("MT-12", CERT, leaf());
    refused("MT-12", CHAIN, leaf());
    refused("MT-12", "client-cert", "");
    HttpRequest direct = passed("X-Forwarded-For", "192.0.2.1");
    assertThat(direct.remoteAddress()).isEqualTo("127.0.0.1");
    assertThat(direct.clientCertificates()).isEmpty();
    assertThat(send(OTHER.context(), "/").statusCode()).isEqualTo(204);
    assertThat(seen.remove().clientCertificates()).isEqualTo(OTHER.chain());
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"MT-10", "MT-12", "MT-13", "BCP-2.6-3"})
  void removesTheFieldsWhereNobodyIsBelieved(HttpClient.Version version) throws Exception {
    http = version;
    trust(TrustedProxies.NONE);
    HttpRequest request =
        passed(CERT, leaf(), CHAIN, leaf(), "X-Forwarded-For", "192.0.2.1", "Forwarded", "for=x");
    assertThat(request.clientCertificates()).isEmpty();
    assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
  }

  /** A proxy that is trusted for addresses may hand on what clients say of certificates. */
  @Test
  @Requirement({"MT-12", "MT-13"})
  void removesCertificatesOfATrustedProxyThatIsNotBelievedThem() throws Exception {
    trust(OURS, ClientAddressField.X_FORWARDED_FOR, false);
    HttpRequest request = passed(CERT, leaf(), "X-Forwarded-For", "192.0.2.1");
    assertThat(request.clientCertificates()).isEmpty();
    assertThat(request.remoteAddress()).isEqualTo("192.0.2.1");
    assertThat(send(OTHER.context(), "/", CERT, "nonsense").statusCode()).isEqualTo(204);
    assertThat(seen.remove().clientCertificates()).isEqualTo(OTHER.chain());
  }

  static List<String> wrongFields() {
    String leaf = leaf();
    String base64 = leaf.substring(1, leaf.length() - 1);
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(Base64.getDecoder().decode(base64))
            + "\n-----END CERTIFICATE-----\n";
    byte[] der = Base64.getDecoder().decode(base64);
    byte[] longer = java.util.Arrays.copyOf(der, der.length + 1);
    byte[] shorter = java.util.Arrays.copyOf(der, der.length - 1);
    return List.of(
        "",
        "::",
        base64,
        ":" + base64,
        base64 + ":",
        "\"" + base64 + "\"",
        leaf + ", " + leaf,
        leaf + ",",
        leaf + ";a=1",
        leaf + " x",
        ":" + base64.replace("+", "-").replace("/", "_").replaceFirst("M", "-") + ":",
        ":" + base64.substring(0, 40) + " " + base64.substring(40) + ":",
        ":" + base64.substring(0, 40) + "%0A" + base64.substring(40) + ":",
        ":" + Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII)) + ":",
        pem.replace("\n", " ").strip(),
        ":" + Base64.getEncoder().encodeToString(longer) + ":",
        ":" + Base64.getEncoder().encodeToString(shorter) + ":",
        ":AAAA:");
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  @Requirement({"MT-13"})
  void refusesACertificateInAnyOtherForm(String value) throws Exception {
    trust(OURS, ClientAddressField.NONE, true);
    refused("MT-13", CERT, value);
    refused("MT-13", CERT, leaf(), CHAIN, value.equals(leaf() + ", " + leaf()) ? "x" : value);
  }

  @Test
  @Requirement({"MT-13"})
  void refusesTwoCertificatesAndAChainAlone() throws Exception {
    trust(OURS, ClientAddressField.NONE, true);
    refused("MT-13", CERT, leaf(), CERT, leaf());
    refused("MT-13", CHAIN, leaf());
  }

  @Test
  @Requirement({"MT-13", "TLS-5"})
  void holdsThemToTheBoundsOfAHandshake() throws Exception {
    trust(OURS, ClientAddressField.NONE, true);
    List<String> most = new ArrayList<>(List.of(CERT, leaf(), CHAIN));
    String more =
        IntStream.range(1, AnyClient.MAX_CERTIFICATES)
            .mapToObj(_ -> leaf())
            .collect(Collectors.joining(","));
    most.add(more);
    assertThat(passed(most.toArray(String[]::new)).clientCertificates())
        .hasSize(AnyClient.MAX_CERTIFICATES);
    refused("MT-13", CERT, leaf(), CHAIN, more + "," + leaf());
    refused("MT-13", CERT, bytes(TestClient.large(AnyClient.MAX_BYTES).chain().getFirst()));
    TestClient weak = TestClient.selfSigned(Certificates.rsa(1024));
    refused("MT-13", CERT, bytes(weak.chain().getFirst()));
  }

  /** RFC 9440 section 3.2. */
  @ParameterizedTest
  @EnumSource
  @Requirement({"MT-14"})
  void hasRoomForTheLargestCertificate(HttpClient.Version version) throws Exception {
    http = version;
    trust(OURS, ClientAddressField.NONE, true);
    TestClient large = TestClient.large(AnyClient.MAX_BYTES - 600);
    assertThat(passed(CERT, bytes(large.chain().getFirst())).clientCertificates())
        .isEqualTo(large.chain());
  }

  @Test
  @Requirement({"MT-14"})
  void saysThatAnAnswerThatMayBeKeptIsForThisCertificate() throws Exception {
    trust(OURS, ClientAddressField.NONE, true);
    var kept = send(Served.trusting(), "/public", CERT, leaf());
    assertThat(kept.headers().allValues("Vary")).containsExactly(CERT);
    var notKept = send(Served.trusting(), "/", CERT, leaf());
    assertThat(notKept.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(notKept.headers().allValues("Vary")).isEmpty();
    assertThat(send(Served.trusting(), "/public").headers().allValues("Vary")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1                                   | 192.0.2.1
          192.0.2.1, 198.51.100.7                     | 198.51.100.7
          192.0.2.1,198.51.100.7,127.0.0.2, 127.0.0.3 | 198.51.100.7
          192.0.2.1:4711                              | 192.0.2.1
          2001:db8::1                                 | 2001:db8:0:0:0:0:0:1
          [2001:db8::1]                               | 2001:db8:0:0:0:0:0:1
          [2001:db8::1]:443                           | 2001:db8:0:0:0:0:0:1
          ::ffff:192.0.2.1                            | 192.0.2.1
          127.0.0.3, 127.0.0.2                        | 127.0.0.3
          nonsense, 192.0.2.1                         | 192.0.2.1
          192.0.2.1, nonsense                         | 127.0.0.1
          192.0.2.1, unknown, 127.0.0.2               | 127.0.0.2
          192.0.2.1,                                  | 127.0.0.1
          192.0.2.1, 10                               | 127.0.0.1
          192.0.2.1, [10.0.0.1]                       | 127.0.0.1
          192.0.2.1, fe80::1%eth0                     | 127.0.0.1
          """)
  @Requirement({"BCP-2.6-3"})
  void takesTheLastAddressThatIsNoProxysOfXForwardedFor(String value, String address)
      throws Exception {
    trust(OURS, ClientAddressField.X_FORWARDED_FOR, false);
    assertThat(passed("X-Forwarded-For", value).remoteAddress()).isEqualTo(address);
  }

  @Test
  void readsSeveralLinesAsOneListAndNoneAsThePeer() throws Exception {
    trust(OURS, ClientAddressField.X_FORWARDED_FOR, false);
    String[] lines = {"X-Forwarded-For", "192.0.2.1", "X-Forwarded-For", "192.0.2.2"};
    assertThat(passed(lines).remoteAddress()).isEqualTo("192.0.2.2");
    assertThat(passed().remoteAddress()).isEqualTo("127.0.0.1");
    // The other field is the client's own.
    assertThat(passed("Forwarded", "for=192.0.2.1").remoteAddress()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          for=192.0.2.1                                         | 192.0.2.1
          For="192.0.2.1:4711";proto=https;by=203.0.113.43      | 192.0.2.1
          for="[2001:db8::1]:4711"                              | 2001:db8:0:0:0:0:0:1
          for="a,b", for=192.0.2.1                              | 192.0.2.1
          for=192.0.2.9, for=192.0.2.1 , for=127.0.0.2          | 192.0.2.1
          for=192.0.2.9, for=_hidden                            | 127.0.0.1
          for=192.0.2.9, for=unknown, for=127.0.0.2             | 127.0.0.2
          for=192.0.2.9, proto=https                            | 127.0.0.1
          for=192.0.2.9; proto=http , by=_x; for=192.0.2.1      | 192.0.2.1
          """)
  @Requirement({"BCP-2.6-3"})
  void takesTheLastAddressThatIsNoProxysOfForwarded(String value, String address) throws Exception {
    trust(OURS, ClientAddressField.FORWARDED, false);
    assertThat(passed("Forwarded", value).remoteAddress()).isEqualTo(address);
  }

  /** An open quote of a client would swallow what the proxy wrote. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=\"192.0.2.9, for=192.0.2.1",
        "for=\"a\\\", for=192.0.2.1",
        "for=[2001:db8::1]",
        "for=192.0.2.1;for=192.0.2.2",
        "for=192.0.2.1,",
        "for = 192.0.2.1",
        "192.0.2.1",
        "",
      })
  void refusesAForwardedThatIsNone(String value) throws Exception {
    trust(OURS, ClientAddressField.FORWARDED, false);
    refused("BCP-2.6-3", "Forwarded", value);
  }

  @Test
  void knowsThePeerBehindNoField() throws Exception {
    trust(OURS, ClientAddressField.NONE, false);
    assertThat(passed("X-Forwarded-For", "192.0.2.1").remoteAddress()).isEqualTo("127.0.0.1");
  }
}
