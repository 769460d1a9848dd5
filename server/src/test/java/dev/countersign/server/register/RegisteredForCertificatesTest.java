package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that register to authenticate by certificate. */
@Requirement({"DC-3", "MT-2", "MT-3"})
class RegisteredForCertificatesTest {
  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    CertificateHolder.write(
        folder.resolve("ca.pem"),
        CertificateHolder.valid(TestCertificate.selfSigned("CN=Client CA")).authority().make());
    server =
        new TestServer(
            folder,
            yaml ->
                "client_certificate_authorities: ca.pem\n"
                    + RegisteredPeer.with(
                            "token_endpoint_auth_methods: [private_key_jwt, tls_client_auth,"
                                + " self_signed_tls_client_auth]")
                        .apply(CertificateHolder.in(yaml, "")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tls_client_auth_subject_dn\":\"CN=app,O=Example\"",
        "\"tls_client_auth_san_dns\":\"app.example.com\"",
        "\"tls_client_auth_san_uri\":\"https://app.example.com/id\"",
        "\"tls_client_auth_san_ip\":\"192.0.2.7\"",
        "\"tls_client_auth_san_email\":\"app@example.com\""
      })
  void takesOneSubjectAndNoKeys(String subject) throws MalformedJsonException {
    Reply reply =
        register(
            server,
            with(
                base(),
                json(
                    "{\"token_endpoint_auth_method\":\"tls_client_auth\","
                        + "\"tls_client_certificate_bound_access_tokens\":true,"
                        + "\"use_mtls_endpoint_aliases\":true,"
                        + subject
                        + "}")));

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.text()).contains(subject);
    assertThat(reply.json().bool("tls_client_certificate_bound_access_tokens")).contains(true);
    assertThat(reply.json().bool("dpop_bound_access_tokens")).contains(false);
    assertThat(reply.json().bool("use_mtls_endpoint_aliases")).contains(true);
    assertThat(reply.json().has("jwks")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token_endpoint_auth_method\":\"tls_client_auth\"}",
        "{\"token_endpoint_auth_method\":\"tls_client_auth\","
            + "\"tls_client_auth_san_dns\":\"a.example\",\"tls_client_auth_san_ip\":\"192.0.2.7\"}",
        "{\"token_endpoint_auth_method\":\"tls_client_auth\","
            + "\"tls_client_auth_san_ip\":\"nowhere\"}",
        "{\"token_endpoint_auth_method\":\"self_signed_tls_client_auth\"}",
        "{\"token_endpoint_auth_method\":\"private_key_jwt\"}"
      })
  void refusesWhatCouldNeverAuthenticate(String changed) {
    assertThat(register(server, with(base(), json(changed))).outcome())
        .isEqualTo("400 invalid_client_metadata");
  }

  @Test
  void refusesASelfSignedClientWhoseKeysHaveNoCertificate() {
    JsonObject plain =
        with(
            RegisteredPeer.metadata(server.stranger()),
            json("{\"token_endpoint_auth_method\":\"self_signed_tls_client_auth\"}"));

    assertThat(register(server, plain).outcome()).isEqualTo("400 invalid_client_metadata");
  }

  @Test
  @Requirement("DC-1")
  void isUsedOnceItsClientHasAuthenticatedByItsCertificate() {
    TestTls own = CertificateHolder.valid(TestCertificate.selfSigned("CN=own")).make();
    Reply registered =
        register(
            server,
            with(
                base(),
                json(
                    "{\"token_endpoint_auth_method\":\"self_signed_tls_client_auth\",\"jwks\":"
                        + CertificateHolder.jwks(own)
                        + "}")));
    assertThat(registered.status()).as(registered.text()).isEqualTo(201);
    assertThat(used(registered)).isFalse();

    CertificateHolder.none(server).token(registered.string("client_id"));
    assertThat(used(registered)).isFalse();
    assertThat(CertificateHolder.of(server, own).token(registered.string("client_id")).outcome())
        .isEqualTo("400 unauthorized_client");
    assertThat(used(registered)).isTrue();
  }

  private static boolean used(Reply registered) {
    return server.store().findRegistration(RegisteredPeer.id(registered)).orElseThrow().used();
  }

  private static JsonObject base() {
    return JsonObject.builder().put("redirect_uris", List.of(RegisteredPeer.CALLBACK)).build();
  }
}
