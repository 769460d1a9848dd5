package dev.countersign.attacker.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file may say beside clients and users: resources, the listener, a client to lure. */
class TargetSectionsTest {
  private static final String LEAST =
      """
      issuer: https://as.example.com
      allow: [as.example.com:443, "API.example.com:8443", evil.example.net:9443]
      clients:
        - client_id: app-1
          key: app-1.jwk.json
          redirect_uri: https://app-1.example.com/callback
      """;
  private static final String LISTENER =
      """
      listener:
        listen: "127.0.0.1:0"
        url: https://evil.example.net:9443
        certificate: app-1.pem
        certificate_key: app-1-key.pem
      """;
  private static final String CLIENT_UNDER_TEST =
      """
      clients_under_test:
      - start_hostile: https://as.example.com/a
        start_honest: https://as.example.com/b
        callback_hostile: https://as.example.com/c
        callback_honest: https://as.example.com/d
        whoami: https://as.example.com/e
        client_id_at_honest: shop
        client_id_at_hostile: shop-at-evil
      """;

  @TempDir private Path temp;
  private TargetFolder folder;

  @BeforeEach
  void writeKeys() {
    folder = new TargetFolder(temp);
    folder.privateJwk("app-1");
    folder.certificate("app-1", TestTls.LOCALHOST);
  }

  private Target read(String yaml) throws InvalidTargetException {
    return folder.read(yaml, Map.of());
  }

  private AbstractThrowableAssert<?, ?> refused(String yaml) {
    return assertThatThrownBy(() -> read(yaml)).isInstanceOf(InvalidTargetException.class);
  }

  @Test
  void readsAResourceWithAllThatCanBeSaid() throws Exception {
    folder.publicJwk("api");
    String resource =
        """
        resources:
          - url: https://api.example.com:8443/accounts
            resource: https://api.example.com
            scope: accounts
            foreign: https://api.example.com:8443/accounts/2
            signed: true
            key: api.jwk.json
        """;
    TestResource read =
        read(LEAST + "    scope: openid accounts\n" + resource).resources().getFirst();
    assertThat(read.url()).isEqualTo(URI.create("https://api.example.com:8443/accounts"));
    assertThat(read.indicator()).contains("https://api.example.com");
    assertThat(read.scope()).isEqualTo("accounts");
    assertThat(read.foreign()).contains(URI.create("https://api.example.com:8443/accounts/2"));
    assertThat(read.signed()).isTrue();
    assertThat(read.key().orElseThrow().thumbprint()).isEqualTo(TargetFolder.KEY.thumbprint());
    refused(LEAST + "    scope: openid\n" + resource)
        .hasMessageContaining("resources[0].scope: is not within the scope of any client");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://api.example.com/a|resources[0].url: api.example.com:443 is not in the list",
        "http://api.example.com:8443/a|resources[0].url: must be an https URL",
      })
  void refusesAResourceThatMustNotBeReached(String url, String fault) {
    refused(LEAST + "resources: [{url: '" + url + "'}]\n")
        .hasMessageContaining("attack.yaml:7: " + fault);
    refused(LEAST + "resources: [{url: 'https://as.example.com', foreign: '" + url + "'}]\n")
        .hasMessageContaining(fault.replace(".url", ".foreign"));
  }

  @Test
  void readsAResourceServerThatMayIntrospect() throws Exception {
    TestIntrospection read =
        read(LEAST + "introspection: {client_id: api, key: app-1.jwk.json, signed: true}\n")
            .introspection()
            .orElseThrow();
    assertThat(read.id().value()).isEqualTo("api");
    assertThat(read.key().kid()).isEqualTo(TargetFolder.KEY.kid());
    assertThat(read.signed()).isTrue();
    refused(LEAST + "introspection: {client_id: api}\n")
        .hasMessageContaining("introspection.key: is missing");
  }

  @Test
  void readsWhereTheAttackerListens() throws Exception {
    TestListener listener = read(LEAST + LISTENER).listener().orElseThrow();
    assertThat(listener.host()).isEqualTo("127.0.0.1");
    assertThat(listener.port()).isZero();
    assertThat(listener.url()).isEqualTo(URI.create("https://evil.example.net:9443"));
    assertThat(listener.certificate().own()).isEqualTo(TestTls.LOCALHOST.certificate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:0|127.0.0.1|listener.listen: must be an address to bind and a port",
        "127.0.0.1:0|127.0.0.1:65536|listener.listen: must be an address to bind and a port",
        "net:9443|net|listener.url: evil.example.net:443 is not in the list of allowed hosts",
        "net:9443|net:9443/x|listener.url: must be https, a host and perhaps a port, without a"
            + " path",
        "certificate_key|#certificate_key|listener.certificate_key: is missing",
        "certificate: app-1.pem|#|listener.certificate: is missing",
      })
  void refusesAListenerThatCannotBe(String right, String wrong, String fault) {
    refused(LEAST + LISTENER.replace(right, wrong)).hasMessageContaining(fault);
  }

  @Test
  void readsAClientUnderTest() throws Exception {
    ClientUnderTest client =
        read(LEAST + LISTENER + CLIENT_UNDER_TEST).clientsUnderTest().getFirst();
    assertThat(client.startHostile()).isEqualTo(URI.create("https://as.example.com/a"));
    assertThat(client.startHonest()).isEqualTo(URI.create("https://as.example.com/b"));
    assertThat(client.callbackHostile()).isEqualTo(URI.create("https://as.example.com/c"));
    assertThat(client.callbackHonest()).isEqualTo(URI.create("https://as.example.com/d"));
    assertThat(client.whoami()).isEqualTo(URI.create("https://as.example.com/e"));
    assertThat(client.data()).isEmpty();
    assertThat(client.idAtHonest().value()).isEqualTo("shop");
    assertThat(client.idAtHostile().value()).isEqualTo("shop-at-evil");
    assertThat(client.signedResponses()).isFalse();
    assertThat(client.dataHostile()).isEmpty();
    assertThat(client.httpSignatures()).isFalse();
  }

  @Test
  void readsSeveralClientsUnderTest() throws Exception {
    String second =
        CLIENT_UNDER_TEST.replace("clients_under_test:\n", "")
            + "  data_hostile: https://as.example.com/f\n"
            + "  signed_responses: true\n"
            + "  http_signatures: true\n";
    Target target = read(LEAST + LISTENER + CLIENT_UNDER_TEST + second);
    assertThat(target.clientsUnderTest())
        .extracting(ClientUnderTest::signedResponses)
        .containsExactly(false, true);
    ClientUnderTest signing = target.clientsUnderTest().getLast();
    assertThat(signing.dataHostile()).contains(URI.create("https://as.example.com/f"));
    assertThat(signing.httpSignatures()).isTrue();
  }

  @Test
  void readsCertificatesThatClientsMustRefuse() throws Exception {
    TestTls other = TestTls.forHost("other");
    folder.certificate("other", other);
    String shown = "{certificate: %1$s.pem, certificate_key: %1$s-key.pem}\n";
    TestListener listener =
        read(LEAST
                + LISTENER
                + "  certificate_of_other_host: "
                + shown.formatted("other")
                + "  expired_certificate: "
                + shown.formatted("app-1"))
            .listener()
            .orElseThrow();
    assertThat(listener.ofOtherHost().orElseThrow().own()).isEqualTo(other.certificate());
    assertThat(listener.expired().orElseThrow().own()).isEqualTo(TestTls.LOCALHOST.certificate());
    refused(LEAST + LISTENER + "  expired_certificate: {certificate: app-1.pem}\n")
        .hasMessageContaining("listener.expired_certificate.certificate_key: is missing");
  }

  @Test
  void refusesASingleClientUnderTestOutsideAList() {
    refused(LEAST + LISTENER + CLIENT_UNDER_TEST.replace("- start_hostile", "  start_hostile"))
        .hasMessageContaining("clients_under_test: must be a list");
  }

  @Test
  void refusesAClientUnderTestWithoutAListener() {
    refused(LEAST + CLIENT_UNDER_TEST).hasMessageContaining("attack.yaml:1: listener: is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"start_hostile", "start_honest", "callback_hostile", "callback_honest", "whoami"})
  void refusesAPageOfAClientUnderTestThatIsNotAllowed(String key) {
    String elsewhere = CLIENT_UNDER_TEST.replace(key + ": https://as.", key + ": https://shop.");
    refused(LEAST + LISTENER + elsewhere)
        .hasMessageContaining(
            "clients_under_test[0]." + key + ": shop.example.com:443 is not in the list");
  }
}
