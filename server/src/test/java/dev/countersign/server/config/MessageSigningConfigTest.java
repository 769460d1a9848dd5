package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which messages of a party must be signed, as the file says it. */
class MessageSigningConfigTest {
  private static final TestTls AUTHORITY =
      TestCertificate.selfSigned("CN=Client CA").authority().make();
  private static final String KEYS = "jwks: {keys: [" + ConfigSamples.KEY + "]}";
  private static final String SIGNING = "profile: fapi2-message-signing";
  private static final String BY_DNS =
      "token_endpoint_auth_method: tls_client_auth, tls_client_auth_san_dns: app.example.com";

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    CertificateHolder.write(folder.resolve("ca.pem"), AUTHORITY);
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
  }

  private Config config(String parties) throws ConfigException {
    String more =
        """
        mtls: {url: 'https://mtls.example.com'}
        client_certificate_authorities: ca.pem
        """;
    return ConfigFile.parse("countersign.yaml", ConfigSamples.LEAST + more + parties, folder);
  }

  private Config client(String keys) throws ConfigException {
    String app =
        "client_id: app, name: The App, grant_types: [authorization_code],"
            + " redirect_uris: ['https://app.example.com/cb'], scope: openid, ";
    return config("clients: [{" + app + keys + "}]\n");
  }

  private MessageSigning ofClient(String keys) throws ConfigException {
    return client(keys).clients().getFirst().messageSigning();
  }

  private MessageSigning ofResourceServer(String keys) throws ConfigException {
    return config(
            "resource_servers: [{client_id: api, resources: ['https://api.example.com'], "
                + keys
                + "}]\n")
        .resourceServers()
        .getFirst()
        .messageSigning();
  }

  private void refused(String keys, String fault) {
    assertThatThrownBy(() -> client(keys))
        .isInstanceOfSatisfying(
            ConfigException.class, e -> assertThat(e.problems()).as(e.getMessage()).hasSize(1))
        .hasMessageContaining(fault);
  }

  @Test
  void nothingMustBeSignedUnlessItIsSaid() throws Exception {
    assertThat(ofClient(KEYS)).isEqualTo(MessageSigning.NONE);
    assertThat(ofClient(KEYS + ", profile: fapi2-security")).isEqualTo(MessageSigning.NONE);
    assertThat(ofResourceServer(KEYS)).isEqualTo(MessageSigning.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                       | true  | true",
        "', message_signing: [requests]'          | true  | false",
        "', message_signing: [responses]'         | false | true",
        "', message_signing: [responses, requests]' | true | true",
      })
  @Requirement({"MS-5.3.1-1", "MS-5.4.1-1"})
  void theProfileMeansBothUnlessOneIsNamed(String more, boolean requests, boolean responses)
      throws Exception {
    MessageSigning read = ofClient(KEYS + ", " + SIGNING + more);
    assertThat(read.requests()).isEqualTo(requests);
    assertThat(read.responses()).isEqualTo(responses);
    assertThat(read.introspection()).isFalse();
    assertThat(read.responseModes()).isEmpty();
  }

  @Test
  @Requirement({"MS-5.3.3-1", "JARM-7", "JAR-8"})
  void readsAlgorithmsAndModes() throws Exception {
    MessageSigning read =
        ofClient(
            KEYS
                + ", request_object_signing_alg: EdDSA, authorization_signed_response_alg: PS256"
                + ", response_modes: [query, form_post.jwt]");
    assertThat(read)
        .isEqualTo(
            new MessageSigning(
                false,
                false,
                false,
                Optional.of(SignatureAlgorithm.EDDSA),
                Optional.of(SignatureAlgorithm.PS256),
                Optional.empty(),
                Set.of(ResponseMode.QUERY, ResponseMode.FORM_POST_JWT)));
    assertThat(read.mayUse(ResponseMode.QUERY)).isTrue();
    assertThat(read.mayUse(ResponseMode.JWT)).isFalse();
  }

  @Test
  @Requirement({"MS-5.3.3-1", "MS-5.4.1-1"})
  void whereAllModesAreSignedTheResponsesMustBe() throws Exception {
    assertThat(ofClient(KEYS + ", response_modes: [jwt, query.jwt]").responses()).isTrue();
    assertThat(ofClient(KEYS + ", response_modes: [jwt, query]").responses()).isFalse();
    assertThat(ofClient(KEYS + ", response_modes: [query]").responses()).isFalse();
  }

  @Test
  @Requirement({"MS-5.5.2-1", "9701-9"})
  void readsWhatAResourceServerWantsSigned() throws Exception {
    MessageSigning read =
        ofResourceServer(KEYS + ", " + SIGNING + ", introspection_signed_response_alg: EdDSA");
    assertThat(read.introspection()).isTrue();
    assertThat(read.introspectionAlgorithm()).contains(SignatureAlgorithm.EDDSA);
    assertThat(read.requests()).isFalse();
    assertThat(read.responses()).isFalse();
  }

  @Test
  @Requirement({"JARM-7", "9701-9"})
  void hasKeysMadeForWhatItIsToSignWith() throws Exception {
    assertThat(client(KEYS).signingAlgorithms()).containsExactly(SignatureAlgorithm.ES256);
    assertThat(client(KEYS + ", authorization_signed_response_alg: PS256").signingAlgorithms())
        .containsExactly(SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);
    assertThat(
            config(
                    "resource_servers: [{client_id: api, resources: ['https://api.example.com'],"
                        + " introspection_signed_response_alg: EdDSA, "
                        + KEYS
                        + "}]\n")
                .signingAlgorithms())
        .containsExactly(SignatureAlgorithm.ES256, SignatureAlgorithm.EDDSA);
    // What a client signs with is no key of the server's.
    assertThat(client(KEYS + ", request_object_signing_alg: EdDSA").signingAlgorithms())
        .containsExactly(SignatureAlgorithm.ES256);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile: fapi2 | profile: must be one of: fapi2-security, fapi2-message-signing",
        "message_signing: [requests] | message_signing: means something with profile:"
            + " fapi2-message-signing alone",
        "profile: fapi2-message-signing, message_signing: [] | must not be an empty list",
        "profile: fapi2-message-signing, message_signing: [introspection] | must be one of:"
            + " requests, responses",
        "profile: fapi2-message-signing, response_modes: [query] | holds query, and its responses"
            + " must be signed (MS-5.4.1-1)",
        "profile: fapi2-message-signing, response_modes: [jwt, query] | holds query, and its",
        "response_modes: [fragment] | must be one of: query, jwt, query.jwt, fragment.jwt,"
            + " form_post.jwt",
        "authorization_signed_response_alg: RS256 | must be PS256, ES256 or EdDSA",
        "authorization_signed_response_alg: none | must be PS256, ES256 or EdDSA",
        "request_object_signing_alg: none | must be PS256, ES256 or EdDSA",
        "request_object_signing_alg: PS256 | is of none of the client's keys (JAR-9)",
      })
  @Requirement({"MS-5.3.3-1", "MS-5.4.1-1", "JARM-7", "JAR-9", "SP-5.4.1-1.2"})
  void refusesWhatDoesNotFitTogether(String keys, String fault) {
    refused(KEYS + ", " + keys, fault);
  }

  @Test
  @Requirement({"MS-5.3.1-1", "JAR-9"})
  void whoSignsRequestsNeedsKeysWhateverAuthenticatesIt() throws Exception {
    refused(BY_DNS + ", " + SIGNING, "jwks: or jwks_uri is missing: its requests must be signed");
    assertThat(ofClient(BY_DNS + ", " + SIGNING + ", message_signing: [responses]").requests())
        .isFalse();
    Config with = client(BY_DNS + ", " + SIGNING + ", " + KEYS);
    assertThat(with.clients().getFirst().messageSigning().requests()).isTrue();
    assertThat(with.clients().getFirst().keys()).isInstanceOf(ClientKeys.Fixed.class);
    assertThat(
            ofClient(BY_DNS + ", " + SIGNING + ", jwks_uri: 'https://app.example.com/jwks'")
                .requests())
        .isTrue();
  }

  @Test
  @Requirement({"MS-5.3.1-1", "JAR-9"})
  void whoHasNoRequestsToSignNeedsNoKeys() throws Exception {
    String machine = "client_id: app, name: The App, scope: openid, " + BY_DNS + ", " + SIGNING;
    assertThat(
            config("clients: [{" + machine + ", grant_types: [client_credentials]}]\n").clients())
        .hasSize(1);
    assertThatThrownBy(
            () ->
                config(
                    "clients: [{"
                        + machine
                        + ", grant_types: [client_credentials, authorization_code],"
                        + " redirect_uris: ['https://app.example.com/cb']}]\n"))
        .hasMessageContaining("jwks: or jwks_uri is missing: its requests must be signed");
  }

  @Test
  void refusesTheOptionsOfAClientAtAResourceServer() {
    assertThatThrownBy(() -> ofResourceServer(KEYS + ", message_signing: [requests]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("message_signing: is not a key");
    assertThatThrownBy(() -> ofResourceServer(KEYS + ", introspection_signed_response_alg: RS256"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be PS256, ES256 or EdDSA");
  }
}
