package dev.countersign.demo.attacked;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestClient.Authentication;
import dev.countersign.demo.bank.PaymentOrder;
import dev.countersign.demo.ca.Issued;
import dev.countersign.demo.ca.RunningCa;
import dev.countersign.demo.scene.Stage;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.jose.Base64Url;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RedirectUri;
import java.math.BigInteger;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * The clients that an attacker has in hand, with their keys and certificates: two that sign
 * assertions, two with certificates of an authority, one with a certificate of its own making, one
 * that signs every message, one that asks for a payment, and one that signs assertions and has its
 * tokens bound to a certificate.
 */
final class AttackedClients {
  private static final String SCOPE = "openid accounts";
  private static final int COORDINATE_BYTES = 32;

  private final List<TestClient> all;

  private AttackedClients(List<TestClient> all) {
    this.all = List.copyOf(all);
  }

  /** New ones. */
  static AttackedClients create(Stage stage, RunningCa ca) {
    return new AttackedClients(
        List.of(
            signing("first", SignatureAlgorithm.ES256, stage, false),
            signing("second", SignatureAlgorithm.PS256, stage, false),
            certified("third", Authentication.TLS_CLIENT_AUTH, ca::client),
            certified("fourth", Authentication.TLS_CLIENT_AUTH, ca::client),
            certified("fifth", Authentication.SELF_SIGNED_TLS_CLIENT_AUTH, ca::selfSigned),
            signing("sixth", SignatureAlgorithm.ES256, stage, true),
            paying(signing("seventh", SignatureAlgorithm.ES256, stage, false)),
            bound(signing("eighth", SignatureAlgorithm.ES256, stage, false), ca::client)));
  }

  /** By an assertion; its tokens are bound to a DPoP key. */
  private static TestClient signing(
      String name, SignatureAlgorithm algorithm, Stage stage, boolean messages) {
    return new TestClient(
        new ClientId(name),
        Authentication.PRIVATE_KEY_JWT,
        Optional.of(stage.jose().generate(algorithm, stage.random())),
        Optional.empty(),
        false,
        redirectUri(name),
        SCOPE,
        List.of(),
        Optional.empty(),
        messages,
        messages,
        true);
  }

  /** The same client, which asks for a payment beside its scope. */
  private static TestClient paying(TestClient client) {
    return new TestClient(
        client.id(),
        client.authentication(),
        client.key(),
        client.certificate(),
        client.boundByCertificate(),
        client.redirectUri(),
        client.scope(),
        List.of(payment()),
        client.resource(),
        client.signsRequests(),
        client.signedResponses(),
        client.refreshes());
  }

  /** The same client, whose tokens are bound to a certificate. */
  private static TestClient bound(TestClient client, Function<X500Principal, Issued> authority) {
    Issued issued = authority.apply(subject(client.id().value()));
    return new TestClient(
        client.id(),
        client.authentication(),
        client.key(),
        Optional.of(new TestCertificate(issued.chain(), issued.key())),
        true,
        client.redirectUri(),
        client.scope(),
        client.authorizationDetails(),
        client.resource(),
        client.signsRequests(),
        client.signedResponses(),
        client.refreshes());
  }

  private static X500Principal subject(String name) {
    return new X500Principal("CN=" + name + ",O=Attacked");
  }

  private static JsonObject payment() {
    return JsonObject.builder()
        .put("type", PaymentOrder.TYPE.name())
        .put("actions", List.of("initiate"))
        .put(
            "instructedAmount",
            JsonObject.builder().put("currency", "EUR").put("amount", "12.50").build())
        .put("creditorName", "Harbour Library")
        .put("creditorAccount", JsonObject.builder().put("iban", "DE02100100109307118603").build())
        .put("remittanceInformationUnstructured", "Fee 2026")
        .build();
  }

  /** By a certificate, to which its tokens are bound, too. */
  private static TestClient certified(
      String name, Authentication by, Function<X500Principal, Issued> authority) {
    Issued issued = authority.apply(subject(name));
    return new TestClient(
        new ClientId(name),
        by,
        Optional.empty(),
        Optional.of(new TestCertificate(issued.chain(), issued.key())),
        true,
        redirectUri(name),
        SCOPE,
        List.of(),
        Optional.empty(),
        false,
        false,
        true);
  }

  /** Nobody listens there: whoever plays the browser goes no further. */
  private static RedirectUri redirectUri(String name) {
    return new RedirectUri("https://" + name + ".example/callback");
  }

  /** As they are described to the attacker. */
  List<TestClient> all() {
    return all;
  }

  /** The keys by which they sign what they ask of an API, where they have keys. */
  Map<ClientId, JwkSet> messageKeys() {
    return all.stream()
        .filter(client -> client.key().isPresent())
        .collect(Collectors.toMap(TestClient::id, client -> keys(client.key().orElseThrow())));
  }

  private static JwkSet keys(SigningKey key) {
    return JwkSet.of(List.of(key.publicJwk()));
  }

  /**
   * As they are registered, in the words of {@code clients[]}.
   *
   * @param resources all that each may ask tokens for, the default first
   */
  List<JsonObject> registrations(List<URI> resources) {
    return all.stream().map(client -> registration(client, resources)).toList();
  }

  private static JsonObject registration(TestClient client, List<URI> resources) {
    JsonObject.Builder all =
        registration(client.id(), client.authentication(), resources)
            .put("redirect_uris", List.of(client.redirectUri().value()))
            .put("authorization_details_types", List.of(PaymentOrder.TYPE.name()))
            .put("tls_client_certificate_bound_access_tokens", client.boundByCertificate());
    if (client.signsRequests()) {
      all.put("profile", "fapi2-message-signing");
    }
    if (isForPeopleAlone(client)) {
      all.put("grant_types", List.of("authorization_code", "refresh_token")).put("scope", SCOPE);
    } else {
      all.put("grant_types", List.of("authorization_code", "refresh_token", "client_credentials"))
          .put(
              "scope",
              String.join(" ", SCOPE, GrantResource.QUERY_SCOPE, GrantResource.REVOKE_SCOPE));
    }
    client.key().ifPresent(key -> all.put("jwks", keys(key).toJson()));
    client.certificate().ifPresent(shown -> put(all, client.authentication(), shown.own()));
    return all.build();
  }

  /** A grant that a client was not given must be refused to it, so some are not given one. */
  private static boolean isForPeopleAlone(TestClient client) {
    return client.authentication() == Authentication.PRIVATE_KEY_JWT && !client.signsRequests();
  }

  /** What the registrations of all clients here have in common. */
  static JsonObject.Builder registration(ClientId id, Authentication by, List<URI> resources) {
    return JsonObject.builder()
        .put("client_id", id.value())
        .put("name", id.value())
        .put("token_endpoint_auth_method", by.name().toLowerCase(Locale.ROOT))
        .put("resources", resources.stream().map(URI::toString).toList());
  }

  private static void put(JsonObject.Builder to, Authentication by, X509Certificate certificate) {
    switch (by) {
      case TLS_CLIENT_AUTH ->
          to.put("tls_client_auth_subject_dn", certificate.getSubjectX500Principal().getName());
      case SELF_SIGNED_TLS_CLIENT_AUTH ->
          to.put("jwks", JsonObject.builder().put("keys", List.of(jwk(certificate))).build());
      case PRIVATE_KEY_JWT -> {
        // The certificate binds tokens and is registered nowhere.
      }
    }
  }

  /** The key of a certificate, with the certificate (RFC 8705 section 2.2.2). */
  private static JsonObject jwk(X509Certificate certificate) {
    ECPublicKey key = (ECPublicKey) certificate.getPublicKey();
    try {
      return JsonObject.builder()
          .put("kty", "EC")
          .put("crv", "P-256")
          .put("x", coordinate(key.getW().getAffineX()))
          .put("y", coordinate(key.getW().getAffineY()))
          .put("x5c", List.of(Base64.getEncoder().encodeToString(certificate.getEncoded())))
          .build();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was just made has an encoding", e);
    }
  }

  /** Of full length, with leading zeros (RFC 7518 section 6.2.1.2). */
  private static String coordinate(BigInteger number) {
    byte[] magnitude = number.toByteArray();
    byte[] bytes = new byte[COORDINATE_BYTES];
    int length = Math.min(magnitude.length, COORDINATE_BYTES);
    System.arraycopy(
        magnitude, magnitude.length - length, bytes, COORDINATE_BYTES - length, length);
    return Base64Url.encode(bytes);
  }
}
