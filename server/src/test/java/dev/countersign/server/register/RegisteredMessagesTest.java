package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.config.DynamicRegistration;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients that register themselves say of signed messages, and what comes of it. */
@Requirement({"DC-3"})
class RegisteredMessagesTest {
  private static final List<String> ALL =
      List.of("query", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt");
  private static final List<String> SIGNED = ALL.subList(1, ALL.size());
  private static final String SIGNING = "profile: fapi2-message-signing";

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = RegisteredPeer.server(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply registered(TestServer at, String members) {
    Reply reply = register(at, with(metadata(at.stranger()), json(members)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply;
  }

  private static String outcome(TestServer at, String members) {
    return register(at, with(metadata(at.stranger()), json(members))).outcome();
  }

  /** What the endpoints know of it. */
  private static MessageSigning known(TestServer at, Reply registered) {
    DynamicRegistration rules = at.config().registration().dynamic().orElseThrow();
    KeysOfClients nobody =
        new KeysOfClients(
            uri -> {
              throw new AssertionError("fetches " + uri);
            });
    ClientMetadata metadata =
        new ClientMetadata(
            rules,
            at.config().signingAlgorithm(),
            new SoftwareStatements(at.jose(), at.config().issuer(), rules.statements(), nobody));
    return new DynamicClients(at.store(), metadata)
        .find(id(registered))
        .orElseThrow()
        .messageSigning();
  }

  private static List<String> modes(Reply reply) throws MalformedJsonException {
    return reply.json().strings("response_modes").orElseThrow();
  }

  @Test
  @Requirement({"DC-1", "JAR-8", "JARM-7", "MS-5.3.3-1"})
  void tellsWhoSaysNothingWhatHolds() throws MalformedJsonException {
    Reply reply = registered(server, "{}");

    assertThat(reply.json().bool("require_signed_request_object")).contains(false);
    assertThat(reply.json().has("request_object_signing_alg")).isFalse();
    assertThat(reply.string("authorization_signed_response_alg")).isEqualTo("ES256");
    assertThat(modes(reply)).isEqualTo(ALL);
    assertThat(known(server, reply)).isEqualTo(MessageSigning.NONE);
  }

  @Test
  @Requirement({"JAR-8", "MS-5.3.1-1"})
  void signsRequestsIfItSaysSo() throws MalformedJsonException {
    Reply reply =
        registered(
            server,
            "{\"require_signed_request_object\":true,\"request_object_signing_alg\":\"ES256\"}");

    assertThat(reply.json().bool("require_signed_request_object")).contains(true);
    assertThat(reply.string("request_object_signing_alg")).isEqualTo("ES256");
    assertThat(modes(reply)).isEqualTo(ALL);
    MessageSigning known = known(server, reply);
    assertThat(known.requests()).isTrue();
    assertThat(known.responses()).isFalse();
    assertThat(known.requestAlgorithm()).contains(SignatureAlgorithm.ES256);
  }

  @Test
  @Requirement({"MS-5.3.3-1", "MS-5.4.1-1", "JARM-7"})
  void hasItsResponsesSignedIfAllItsModesAre() throws MalformedJsonException {
    Reply reply =
        registered(
            server,
            "{\"response_modes\":[\"form_post.jwt\",\"jwt\",\"jwt\",\"web_message\"],"
                + "\"authorization_signed_response_alg\":\"ES256\"}");

    assertThat(modes(reply)).containsExactly("jwt", "form_post.jwt");
    assertThat(reply.string("authorization_signed_response_alg")).isEqualTo("ES256");
    MessageSigning known = known(server, reply);
    assertThat(known.requests()).isFalse();
    assertThat(known.responses()).isTrue();
    assertThat(known.responseAlgorithm()).contains(SignatureAlgorithm.ES256);
    assertThat(known.responseModes())
        .isEqualTo(Set.of(ResponseMode.JWT, ResponseMode.FORM_POST_JWT));
  }

  @Test
  @Requirement("MS-5.3.3-1")
  void mayHaveThemEitherWayIfItNamesBoth() throws MalformedJsonException {
    Reply reply = registered(server, "{\"response_modes\":[\"query\",\"query.jwt\"]}");

    assertThat(modes(reply)).containsExactly("query", "query.jwt");
    assertThat(known(server, reply).responses()).isFalse();
    assertThat(known(server, reply).mayUse(ResponseMode.FRAGMENT_JWT)).isFalse();
    assertThat(modes(registered(server, "{\"response_modes\":[]}"))).isEqualTo(ALL);
  }

  @Test
  void aClientThatHasNoAuthorizationResponsesHasNoModes(@TempDir Path other)
      throws MalformedJsonException {
    try (TestServer machines =
        RegisteredPeer.server(other, "grant_types: [client_credentials]", SIGNING)) {
      Reply reply =
          register(
              machines,
              with(
                  metadata(machines.stranger()).without("redirect_uris"),
                  json("{\"grant_types\":[\"client_credentials\"],\"scope\":\"accounts\"}")));
      assertThat(reply.status()).as(reply.text()).isEqualTo(201);
      assertThat(modes(reply)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"require_signed_request_object\":\"true\"}",
        "{\"request_object_signing_alg\":\"none\"}",
        "{\"request_object_signing_alg\":\"RS256\"}",
        // The client's key is another.
        "{\"request_object_signing_alg\":\"EdDSA\"}",
        "{\"authorization_signed_response_alg\":\"none\"}",
        "{\"authorization_signed_response_alg\":\"RS256\"}",
        // There is no key for it.
        "{\"authorization_signed_response_alg\":\"PS256\"}",
        "{\"response_modes\":[\"fragment\",\"form_post\"]}",
        "{\"response_modes\":\"jwt\"}",
        "{\"authorization_encrypted_response_alg\":\"RSA-OAEP-256\"}",
        "{\"authorization_encrypted_response_enc\":\"A128CBC-HS256\"}",
        "{\"request_object_encryption_alg\":\"RSA-OAEP-256\"}",
        "{\"request_object_encryption_enc\":\"A128GCM\"}",
        "{\"id_token_encrypted_response_alg\":\"RSA-OAEP-256\"}",
        "{\"userinfo_encrypted_response_enc\":\"A128GCM\"}"
      })
  @Requirement({"DC-2", "JAR-8", "JARM-7", "MS-5.3.3-1", "SP-5.4.1-1.2"})
  void refusesWhatThereIsNot(String members) {
    assertThat(outcome(server, members)).isEqualTo("400 invalid_client_metadata");
  }

  @Test
  @Requirement("9701-9")
  void ignoresWhatIsForResourceServersAlone() {
    Reply reply =
        registered(
            server,
            "{\"introspection_signed_response_alg\":\"RS256\","
                + "\"introspection_encrypted_response_alg\":\"RSA-OAEP-256\","
                + "\"profile\":\"fapi2-message-signing\",\"message_signing\":[\"requests\"]}");
    assertThat(reply.json().names()).noneMatch(name -> name.startsWith("introspection"));
    assertThat(known(server, reply)).isEqualTo(MessageSigning.NONE);
  }

  @Test
  @Requirement({"DC-4", "MS-5.3.3-1"})
  void isReplacedByWhatItWasTold() {
    Reply first = registered(server, "{\"response_modes\":[\"jwt\"]}");
    JsonObject told = told(first);

    Reply same = manage(server, "PUT", first, told.toJson());
    assertThat(same.status()).as(same.text()).isEqualTo(200);
    assertThat(same.json()).isEqualTo(first.json());

    Reply without = manage(server, "PUT", first, told.without("response_modes").toJson());
    assertThat(without.status()).as(without.text()).isEqualTo(200);
    assertThat(known(server, without).responses()).isFalse();
  }

  @Test
  @Requirement({"MS-5.3.1-1", "MS-5.4.1-1", "DC-1"})
  void givesEveryoneWhatTheOperatorDemands(@TempDir Path other) throws MalformedJsonException {
    try (TestServer strict = RegisteredPeer.server(other, SIGNING)) {
      Reply silent = registered(strict, "{}");
      assertThat(silent.json().bool("require_signed_request_object")).contains(true);
      assertThat(modes(silent)).isEqualTo(SIGNED);
      assertThat(known(strict, silent).requests()).isTrue();
      assertThat(known(strict, silent).responses()).isTrue();

      Reply both = registered(strict, "{\"response_modes\":[\"query\",\"fragment.jwt\"]}");
      assertThat(modes(both)).containsExactly("fragment.jwt");

      assertThat(outcome(strict, "{\"require_signed_request_object\":false}"))
          .isEqualTo("400 invalid_client_metadata");
      assertThat(strict.logged("detail").orElseThrow()).contains("MS-5.3.1-1");
      assertThat(outcome(strict, "{\"response_modes\":[\"query\"]}"))
          .isEqualTo("400 invalid_client_metadata");
      assertThat(strict.logged("detail").orElseThrow()).contains("MS-5.4.1-1");
    }
  }

  @Test
  @Requirement({"MS-5.3.1-1", "MS-5.4.1-1"})
  void demandsNoMoreThanTheOperatorDoes(@TempDir Path other) throws MalformedJsonException {
    try (TestServer strict =
        RegisteredPeer.server(other, SIGNING, "message_signing: [responses]")) {
      Reply silent = registered(strict, "{\"require_signed_request_object\":false}");
      assertThat(silent.json().bool("require_signed_request_object")).contains(false);
      assertThat(known(strict, silent).requests()).isFalse();
      assertThat(known(strict, silent).responses()).isTrue();
    }
  }

  @Test
  @Requirement({"MS-5.3.1-1", "MS-5.4.1-1", "DC-4"})
  void holdsThoseWhoRegisteredBeforeToADemandThatIsNew(@TempDir Path other)
      throws MalformedJsonException {
    Reply silent;
    Reply either;
    Reply unsigned;
    TestClient holder;
    String plain = "{\"response_modes\":[\"query\"]}";
    try (TestServer before = RegisteredPeer.server(other)) {
      silent = registered(before, "{}");
      either = registered(before, "{\"response_modes\":[\"query\",\"fragment.jwt\"]}");
      holder = before.stranger();
      unsigned = register(before, with(metadata(holder), json(plain)));
      assertThat(RegisteredPeer.pushed(before, unsigned, holder)).isEqualTo("201");
    }
    try (TestServer strict = RegisteredPeer.server(other, SIGNING)) {
      assertThat(known(strict, silent).requests()).isTrue();
      assertThat(modes(manage(strict, "GET", silent, ""))).isEqualTo(SIGNED);
      assertThat(known(strict, either).responses()).isTrue();
      assertThat(modes(manage(strict, "GET", either, ""))).containsExactly("fragment.jwt");
      // It said that it takes no signed response, and so is no client here any more.
      assertThat(RegisteredPeer.pushed(strict, unsigned, holder)).isEqualTo("401 invalid_client");
      assertThat(modes(manage(strict, "GET", unsigned, ""))).isEmpty();
    }
  }

  @Test
  @Requirement({"MS-5.4.1-1", "DC-4"})
  void tellsWhoRegisteredAllModesWhichAreLeft(@TempDir Path other) throws MalformedJsonException {
    Reply echoed;
    try (TestServer before = RegisteredPeer.server(other)) {
      Reply first = registered(before, "{}");
      echoed = manage(before, "PUT", first, told(first).toJson());
      assertThat(modes(echoed)).isEqualTo(ALL);
    }
    try (TestServer strict =
        RegisteredPeer.server(other, SIGNING, "message_signing: [responses]")) {
      assertThat(modes(manage(strict, "GET", echoed, ""))).isEqualTo(SIGNED);
    }
    try (TestServer after = RegisteredPeer.server(other)) {
      assertThat(modes(manage(after, "GET", echoed, ""))).isEqualTo(ALL);
    }
  }

  /** What a client may send back to replace its registration. */
  private static JsonObject told(Reply registered) {
    return registered
        .json()
        .without("registration_access_token")
        .without("registration_client_uri")
        .without("client_id_issued_at");
  }

  @Test
  @Requirement({"MS-5.3.1-1", "JAR-9"})
  void needsKeysToSignRequestsWhateverAuthenticatesIt(@TempDir Path other) {
    CertificateHolder.write(
        other.resolve("ca.pem"),
        CertificateHolder.valid(TestCertificate.selfSigned("CN=Client CA")).authority().make());
    try (TestServer certified =
        new TestServer(
            other,
            yaml ->
                "client_certificate_authorities: ca.pem\n"
                    + RegisteredPeer.with("token_endpoint_auth_methods: [tls_client_auth]")
                        .apply(CertificateHolder.in(yaml, "")))) {
      JsonObject members =
          json(
              "{\"token_endpoint_auth_method\":\"tls_client_auth\","
                  + "\"tls_client_auth_san_dns\":\"app.example.com\","
                  + "\"require_signed_request_object\":true}");
      JsonObject with = with(metadata(certified.stranger()), members);
      assertThat(register(certified, with).outcome()).isEqualTo("201");
      assertThat(register(certified, with.without("jwks")).outcome())
          .isEqualTo("400 invalid_client_metadata");
      assertThat(certified.logged("detail").orElseThrow()).contains("jwks", "MS-5.3.1-1");
      assertThat(
              register(certified, with.without("jwks").without("require_signed_request_object"))
                  .outcome())
          .isEqualTo("201");
    }
  }

  @Test
  @Requirement({"MS-5.3.1-1", "JAR-9"})
  void needsNoKeysWhereThereIsNoRequestToSign(@TempDir Path other) {
    CertificateHolder.write(
        other.resolve("ca.pem"),
        CertificateHolder.valid(TestCertificate.selfSigned("CN=Client CA")).authority().make());
    String grants = "grant_types: [client_credentials, authorization_code]";
    try (TestServer certified =
        new TestServer(
            other,
            yaml ->
                "client_certificate_authorities: ca.pem\n"
                    + RegisteredPeer.with(
                            "token_endpoint_auth_methods: [tls_client_auth]", grants, SIGNING)
                        .apply(CertificateHolder.in(yaml, "")))) {
      JsonObject machine =
          json(
              "{\"token_endpoint_auth_method\":\"tls_client_auth\","
                  + "\"tls_client_auth_san_dns\":\"app.example.com\","
                  + "\"grant_types\":[\"client_credentials\"],\"scope\":\"accounts\"}");
      JsonObject with = with(metadata(certified.stranger()), machine).without("jwks");
      assertThat(register(certified, with.without("redirect_uris")).outcome()).isEqualTo("201");
      JsonObject asking = with(with, json("{\"grant_types\":[\"authorization_code\"]}"));
      assertThat(register(certified, asking).outcome()).isEqualTo("400 invalid_client_metadata");
      assertThat(certified.logged("detail").orElseThrow()).contains("jwks", "MS-5.3.1-1");
    }
  }
}
