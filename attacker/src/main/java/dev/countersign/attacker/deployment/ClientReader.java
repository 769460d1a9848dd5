package dev.countersign.attacker.deployment;

import dev.countersign.attacker.deployment.TestClient.Authentication;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RedirectUri;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one of {@code clients}. */
final class ClientReader {
  private static final String DPOP = "dpop";
  private static final String MTLS = "mtls";
  private static final String REQUESTS = "requests";
  private static final String RESPONSES = "responses";

  private final Kinds kinds;

  ClientReader(Kinds kinds) {
    this.kinds = kinds;
  }

  /**
   * Empty if anything is wrong.
   *
   * @param known the clients before it, to which it is added
   */
  Optional<TestClient> read(Section section, Set<ClientId> known) {
    Optional<ClientId> id =
        section.required("client_id", Kinds.clientId("app-1"), "Its `client_id` at the target.");
    if (id.isPresent() && !known.add(id.get())) {
      section.fault("client_id", "is another client's already", "");
    }
    Credentials credentials = credentials(section);
    Optional<RedirectUri> redirectUri =
        section.required(
            "redirect_uri",
            Kinds.redirectUri(),
            "A registered redirect URI. Nobody needs to listen there; it is not contacted.");
    Asked asked = asked(section);
    requireKey(section, credentials, asked.signing());
    requireCertificate(section, credentials);
    return section.finish(
        () ->
            new TestClient(
                id.orElseThrow(),
                credentials.authentication().orElseThrow(),
                credentials.key(),
                credentials.certificate(),
                credentials.isBoundByCertificate(),
                redirectUri.orElseThrow(),
                asked.scope(),
                asked.details(),
                asked.resource(),
                asked.signing().contains(REQUESTS),
                asked.signing().contains(RESPONSES),
                asked.refreshes().orElseThrow()));
  }

  /** What it shows who it is by. */
  private record Credentials(
      Optional<Authentication> authentication,
      Optional<SigningKey> key,
      Optional<TestCertificate> certificate,
      Optional<String> constraint) {

    boolean isBoundByCertificate() {
      return constraint.filter(MTLS::equals).isPresent();
    }
  }

  private Credentials credentials(Section section) {
    Optional<Authentication> authentication =
        section.orElse(
            "token_endpoint_auth_method",
            Kinds.authentication(),
            Authentication.PRIVATE_KEY_JWT,
            "How it authenticates: `private_key_jwt`, `tls_client_auth` or"
                + " `self_signed_tls_client_auth`.");
    Optional<SigningKey> key =
        section.optional(
            "key",
            kinds.signingKey("app-1.jwk.json"),
            "none",
            "JSON file with the private JWK of its assertions and request objects, or a set of"
                + " one; open to nobody else.");
    Optional<TestCertificate> certificate = CertificateReader.optional(section, kinds, "app-1");
    Optional<String> constraint =
        section.orElse(
            "sender_constraint",
            Kinds.word(DPOP, MTLS),
            DPOP,
            "What its tokens are bound to: a DPoP key (`dpop`, RFC 9449) or its certificate"
                + " (`mtls`, RFC 8705).");
    return new Credentials(authentication, key, certificate, constraint);
  }

  /** What it asks for, and how. */
  private record Asked(
      String scope,
      List<JsonObject> details,
      Optional<String> resource,
      List<String> signing,
      Optional<Boolean> refreshes) {}

  private static Asked asked(Section section) {
    Optional<String> scope =
        section.optional("scope", Kinds.scope("openid accounts"), "none", "What it asks for.");
    List<JsonObject> details =
        section.list(
            "authorization_details",
            Kinds.authorizationDetail(),
            "none",
            "What it asks for beside the scope (RFC 9396).");
    Optional<String> resource =
        section.optional(
            "resource",
            Kinds.indicator(),
            "it sends none",
            "The `resource` parameter that it sends (RFC 8707).");
    List<String> signing =
        section.list(
            "message_signing",
            Kinds.word(REQUESTS, RESPONSES),
            "none",
            "`requests` if it must push request objects (RFC 9101), `responses` if its"
                + " authorization responses are JWTs (JARM).");
    Optional<Boolean> refreshes =
        section.orElse("refresh_token", Kinds.bool(), false, "Whether it gets refresh tokens.");
    return new Asked(scope.orElse(""), details, resource, signing, refreshes);
  }

  private static void requireKey(Section section, Credentials credentials, List<String> signing) {
    if (section.has("key")) {
      return;
    }
    if (credentials.authentication().filter(one -> !one.isByCertificate()).isPresent()) {
      section.fault("key", "is missing: private_key_jwt needs it", "app-1.jwk.json");
    } else if (signing.contains(REQUESTS)) {
      section.fault("key", "is missing: signed requests need it", "app-1.jwk.json");
    }
  }

  private static void requireCertificate(Section section, Credentials credentials) {
    boolean shown =
        credentials.isBoundByCertificate()
            || credentials.authentication().filter(Authentication::isByCertificate).isPresent();
    if (shown && !section.has("certificate") && !section.has("certificate_key")) {
      section.fault("certificate", "is missing: mutual TLS needs it", "app-1.pem");
    }
  }
}
