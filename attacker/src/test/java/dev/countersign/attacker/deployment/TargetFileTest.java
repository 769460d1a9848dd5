package dev.countersign.attacker.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.deployment.TestClient.Authentication;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFileTest {
  private static final String LEAST =
      """
      issuer: https://as.example.com
      allow: [as.example.com:443, "API.example.com:8443", evil.example.net:9443]
      clients:
        - client_id: app-1
          key: app-1.jwk.json
          redirect_uri: https://app-1.example.com/callback
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

  /** The only client with more lines, each without its indentation. */
  private Target client(String... lines) throws InvalidTargetException {
    return read(LEAST + "    " + String.join("\n    ", lines) + "\n");
  }

  private AbstractThrowableAssert<?, ?> refused(String yaml) {
    return assertThatThrownBy(() -> read(yaml)).isInstanceOf(InvalidTargetException.class);
  }

  private AbstractThrowableAssert<?, ?> clientRefused(String... lines) {
    return refused(LEAST + "    " + String.join("\n    ", lines) + "\n");
  }

  @Test
  void takesItsDefaultsForAllThatIsLeftOut() throws Exception {
    Target target = read(LEAST);
    assertThat(target.bounds().requestsPerSecond()).isEqualTo(10);
    assertThat(target.bounds().maxRequests()).isEqualTo(20_000);
    assertThat(target.bounds().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(target.bounds().heavy()).isFalse();
    assertThat(target.trust()).isEmpty();
    TestClient client = target.clients().getFirst();
    assertThat(client.authentication()).isEqualTo(Authentication.PRIVATE_KEY_JWT);
    assertThat(client.boundByCertificate()).isFalse();
    assertThat(client.scope()).isEmpty();
    assertThat(client.refreshes()).isFalse();
    assertThat(target.users()).isEmpty();
    assertThat(target.resources()).isEmpty();
    assertThat(target.introspection()).isEmpty();
    assertThat(target.registration()).isEmpty();
    assertThat(target.listener()).isEmpty();
    assertThat(target.clientsUnderTest()).isEmpty();
  }

  @Test
  void tellsAllFaultsAtOnceWithLineKeyAndExample() {
    refused(
            """
            issuer: http://as.example.com
            allow: [as.example.com]
            requests_per_second: many
            clients:
              - client_id: app-1
                key: nowhere.jwk.json
                colour: green
            """)
        .hasMessage(
            """
            The target file has 6 problems.
            attack.yaml:1: issuer: must be an https URL without query or fragment
                for example: issuer: https://as.example.com
            attack.yaml:2: allow[0]: must be one host and its port, without scheme, path or wildcard
                for example: allow: [as.example.com:443]
            attack.yaml:3: requests_per_second: must be a whole number from 1 to 1000
                for example: requests_per_second: 10
            attack.yaml:5: clients[0].redirect_uri: is missing
                for example: redirect_uri: https://app-1.example.com/callback
            attack.yaml:6: clients[0].key: %s: there is no such file
                for example: key: app-1.jwk.json
            attack.yaml:7: clients[0].colour: is not a key; there are: client_id, \
            token_endpoint_auth_method, key, certificate, certificate_key, sender_constraint, \
            redirect_uri, scope, authorization_details, resource, message_signing, refresh_token\
            """
                .formatted(folder.path("nowhere.jwk.json").toAbsolutePath()));
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> TargetFile.read(folder.path("nothing.yaml")))
        .isInstanceOf(InvalidTargetException.class)
        .hasMessageContaining("nothing.yaml: cannot be read");
  }

  @Test
  void refusesAFileThatIsNoText() throws Exception {
    Files.write(folder.path("attack.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> TargetFile.read(folder.path("attack.yaml")))
        .isInstanceOf(InvalidTargetException.class)
        .hasMessageContaining("attack.yaml: is not UTF-8 text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty",
        "- a|must be a section with keys of its own",
        "'issuer: [a'|attack.yaml:1: is not valid YAML",
        "'issuer: &a x\n\nallow: *a'|attack.yaml:3: aliases (*name) are not read",
        "'? [a]\n: b'|a key must be plain text",
      })
  void refusesWhatIsNoSection(String yaml, String fault) {
    refused(yaml).hasMessageContaining(fault);
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    refused("issuer: " + "[".repeat(60) + "]".repeat(60))
        .hasMessageContaining("attack.yaml:1: is nested too deeply");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    refused(LEAST + "#".repeat(1024 * 1024)).hasMessageContaining("is larger than 1 MiB");
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    refused(LEAST + "issuer: https://as.example.com\n")
        .hasMessageContaining("attack.yaml:7: issuer: stands here twice; keep one of them");
  }

  @Test
  void refusesAKeyThatItDoesNotKnow() {
    refused(LEAST + "max_request: 3\n")
        .hasMessageContaining("attack.yaml:7: max_request: is not a key; there are: issuer, allow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"issuer", "allow", "clients"})
  void refusesAFileWithoutWhatIsAttacked(String key) {
    String without = LEAST.replaceFirst("(?s)" + key + ":.*?\n(?=[a-z]|$)", key + ":\n");
    refused(without)
        .hasMessageContaining("attack.yaml:1: " + key + ": is missing\n    for example: " + key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow", "clients"})
  void refusesAnEmptyListOfWhatIsNeeded(String key) {
    refused("issuer: https://as.example.com\n" + key + ": []\n")
        .hasMessageContaining(":2: " + key + ": must not be an empty list");
  }

  @Test
  void readsBoundsUpToTheirEdges() throws Exception {
    String most = "requests_per_second: 1000\nmax_requests: 1000000\ntimeout: 5m\nheavy: true\n";
    Bounds bounds = read(LEAST + most).bounds();
    assertThat(bounds.allow())
        .containsExactlyInAnyOrder(
            "as.example.com:443", "api.example.com:8443", "evil.example.net:9443");
    assertThat(bounds.requestsPerSecond()).isEqualTo(1000);
    assertThat(bounds.maxRequests()).isEqualTo(1_000_000);
    assertThat(bounds.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(bounds.heavy()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requests_per_second: 1001|from 1 to 1000",
        "requests_per_second: 0|from 1 to 1000",
        "requests_per_second: 0.5|from 1 to 1000",
        "max_requests: 1000001|from 1 to 1000000",
        "timeout: 301s|must be at most 5m",
        "timeout: 0s|must be a number and a unit: s or m",
        "timeout: 10|must be text; put quotes around it",
        "heavy: yes|must be true or false",
      })
  void refusesBoundsBeyondTheirEdges(String line, String fault) {
    String key = line.substring(0, line.indexOf(':'));
    refused(LEAST + line + "\n")
        .hasMessageContaining("attack.yaml:7: " + key + ": " + fault(fault));
  }

  private static String fault(String end) {
    return end.startsWith("from") ? "must be a whole number " + end : end;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example:1", "a.example:65535", "127.0.0.1:443", "'[::1]:443'"})
  void readsAnAllowedHost(String host) throws Exception {
    String name = host.replace("'", "");
    Target target = read(LEAST.replace("evil.example.net:9443", host));
    assertThat(target.bounds().allows(URI.create("https://" + name + "/x"))).isTrue();
    assertThat(target.bounds().allows(URI.create("https://a.example/x"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "a.example:0",
        "a.example:65536",
        "a.example:443/path",
        "https://a.example:443",
        "'*.example:443'",
        "user@a.example:443",
        "'::1:443'",
        "443"
      })
  void refusesWhatIsNoHostAndPort(String host) {
    refused(LEAST.replace("evil.example.net:9443", host))
        .hasMessageContaining("attack.yaml:2: allow[2]: must be ");
  }

  @Test
  void refusesAnIssuerThatIsNotAllowed() {
    refused(LEAST.replace("https://as.", "https://auth."))
        .hasMessageContaining(
            "attack.yaml:1: issuer: auth.example.com:443 is not in the list of allowed hosts");
  }

  @Test
  void readsAClientWithAllThatCanBeSaid() throws Exception {
    TestClient client =
        client(
                "token_endpoint_auth_method: self_signed_tls_client_auth",
                "certificate: app-1.pem",
                "certificate_key: app-1-key.pem",
                "sender_constraint: mtls",
                "scope: openid accounts",
                "authorization_details: [{type: account, actions: [read], n: 1}]",
                "resource: urn:example:api",
                "message_signing: [responses, requests]",
                "refresh_token: true")
            .clients()
            .getFirst();
    assertThat(client.authentication()).isEqualTo(Authentication.SELF_SIGNED_TLS_CLIENT_AUTH);
    assertThat(client.key().orElseThrow().kid()).isEqualTo(TargetFolder.KEY.kid());
    assertThat(client.certificate().orElseThrow().own()).isEqualTo(TestTls.LOCALHOST.certificate());
    assertThat(client.boundByCertificate()).isTrue();
    assertThat(client.redirectUri().value()).isEqualTo("https://app-1.example.com/callback");
    assertThat(client.scope()).isEqualTo("openid accounts");
    assertThat(client.authorizationDetails().getFirst().toJson())
        .isEqualTo("{\"type\":\"account\",\"actions\":[\"read\"],\"n\":1}");
    assertThat(client.resource()).contains("urn:example:api");
    assertThat(client.signsRequests()).isTrue();
    assertThat(client.signedResponses()).isTrue();
    assertThat(client.refreshes()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token_endpoint_auth_method: client_secret_basic|must be one of: private_key_jwt, tls_",
        "sender_constraint: bearer|must be one of: dpop, mtls",
        "sender_constraint: mtls|certificate: is missing: mutual TLS needs it",
        "token_endpoint_auth_method: tls_client_auth|certificate: is missing: mutual TLS needs",
        "scope: openid  accounts|must be scope names separated by one space",
        "authorization_details: {type: a}|must be a list",
        "authorization_details: [{actions: []}]|[0]: must have a type",
        "authorization_details: [{type: a, type: b}]|[0]: 'type' stands here twice",
        "authorization_details: [{type: a, n: .inf}]|[0]: is no number, true, false or null",
        "resource: /relative|must be an absolute URI without fragment",
        "message_signing: [introspection]|[0]: must be one of: requests, responses",
        "refresh_token: 1|must be true or false",
      })
  void refusesAClientThatCannotBe(String line, String fault) {
    clientRefused(line).hasMessageContaining(fault);
  }

  @Test
  void refusesAClientThatHasNothingToAuthenticateBy() {
    refused(LEAST.replace("    key: app-1.jwk.json\n", ""))
        .hasMessageContaining("clients[0].key: is missing: private_key_jwt needs it");
  }

  @Test
  void refusesSignedRequestsWithoutAKey() {
    refused(
            LEAST.replace("key: app-1.jwk.json", "token_endpoint_auth_method: tls_client_auth")
                + "    certificate: app-1.pem\n"
                + "    certificate_key: app-1-key.pem\n"
                + "    message_signing: [requests]\n")
        .hasMessageContaining("clients[0].key: is missing: signed requests need it");
  }

  @Test
  void refusesTwoClientsOfOneIdentifier() {
    String clients = LEAST.substring(LEAST.indexOf("  - "));
    refused(LEAST + clients)
        .hasMessageContaining("attack.yaml:7: clients[1].client_id: is another client's already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app-1.example.com/callback",
        "http://127.0.0.1/callback",
        "https://app-1.example.com/callback#here",
        "https://me@app-1.example.com/callback",
        "/callback"
      })
  void refusesARedirectUriThatIsNotHttps(String url) {
    refused(LEAST.replace("https://app-1.example.com/callback", "'" + url + "'"))
        .hasMessageContaining("redirect_uri: must be an https URL without user and fragment");
  }
}
