package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.edge.AddressRange;
import dev.countersign.edge.TrustedProxies;
import dev.countersign.edge.TrustedProxies.ClientAddressField;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections {@code mtls} and {@code trusted_proxies}. */
class ListenersConfigTest {
  private static final String LEAST =
      """
      issuer: https://auth.example.com
      tls: {certificate: server.pem, key: server-key.pem}
      resources: [{indicator: 'https://api.example.com'}]
      """;
  private static final String URL = "url: 'https://mtls.auth.example.com'";

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws Exception {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
  }

  private Config read(String more) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", LEAST + more, folder);
  }

  @Test
  @Requirement({"MT-13"})
  void listensOnceAndBelievesNobodyUnlessTold() throws Exception {
    assertThat(read("").mtls()).isEmpty();
    assertThat(read("").proxies()).isEqualTo(TrustedProxies.NONE);
    assertThat(read("trusted_proxies: {addresses: [10.1.2.3]}").proxies())
        .isEqualTo(
            new TrustedProxies(
                List.of(AddressRange.parse("10.1.2.3")), ClientAddressField.NONE, false));
  }

  @Test
  void usesTheFirstListenersCertificateUnlessThereIsAnother() throws Exception {
    assertThat(read("mtls: {" + URL + "}").mtls())
        .contains(
            new MtlsConfig(
                URI.create("https://mtls.auth.example.com"),
                new ListenAddress("127.0.0.1", 8444),
                Optional.empty()));
    assertThat(
            read("mtls: {" + URL + ", certificate: server.pem, key: server-key.pem}")
                .mtls()
                .flatMap(MtlsConfig::tls))
        .contains(read("").tls());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mtls: {certificate: server.pem, key: server-key.pem}            | mtls.url: is missing
          mtls: {url: 'http://a.example'}                                 | mtls.url: must be https
          mtls: {url: 'https://a.example/x'}                              | mtls.url: must be https
          mtls: {url: 'https://a.example/'}                               | mtls.url: must be https
          mtls: {url: 'https://u@a.example'}                              | mtls.url: must be https
          mtls: {url: 'https://auth.example.com:443'}                     | mtls.url: is the address
          mtls: {url: 'https://a.example', port: 8443}                    | mtls.port: is taken by
          mtls: {url: 'https://a.example', certificate: server.pem}       | mtls.key: is missing
          mtls: {url: 'https://a.example', key: server-key.pem}           | mtls.certificate: is miss
          trusted_proxies: {addresses: []}                                | must not be an empty list
          trusted_proxies: {addresses: [proxy.example]}                   | must be an IP address
          trusted_proxies: {addresses: [0.0.0.0/0]}                       | must be an IP address
          trusted_proxies: {addresses: [10.0.0.1/8]}                      | must be an IP address
          trusted_proxies: {client_certificate: true}                     | addresses: is missing
          trusted_proxies: {client_address: Forwarded}                    | addresses: is missing
          trusted_proxies: {addresses: ['::1'], client_address: Via}      | must be X-Forwarded-For
          """)
  void saysWhatIsWrong(String yaml, String fault) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void letsManagementHaveNoPortOfTheSecondListener() throws Exception {
    String both = "mtls: {" + URL + "}\nmanagement: {port: %s}";
    assertThatThrownBy(() -> read(both.formatted(8444)))
        .hasMessageContaining("management.port: is taken by mtls.port");
    assertThat(read(both.formatted(8445)).management().listen()).isPresent();
  }

  @Test
  void putsTheOtherOriginBeforeAnEndpointsPath() throws Exception {
    MtlsConfig mtls =
        read("mtls: {url: 'https://mtls.auth.example.com:9443'}").mtls().orElseThrow();
    assertThat(mtls.alias(URI.create("https://auth.example.com/tenant/token")))
        .isEqualTo(URI.create("https://mtls.auth.example.com:9443/tenant/token"));
    ListenAddress listen = mtls.listen();
    for (String origin : List.of("http://a", "https://a/", "https://u@a", "https://a?b", "a")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new MtlsConfig(URI.create(origin), listen, Optional.empty()));
    }
  }
}
