package dev.countersign.attacker.deployment;

import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RedirectUri;
import java.util.List;
import java.util.Optional;

/**
 * A client that is registered with the target, and ours to use.
 *
 * @param id its {@code client_id}
 * @param authentication how it authenticates
 * @param key its registered key: of assertions, and of request objects if it signs
 * @param certificate its TLS client certificate, if it has one
 * @param boundByCertificate whether its tokens are bound to the certificate (RFC 8705) instead of a
 *     DPoP key
 * @param redirectUri a registered redirect URI; nobody needs to listen there
 * @param scope what it asks for, such as {@code openid accounts}; may be empty
 * @param authorizationDetails what it asks for beside the scope (RFC 9396); may be empty
 * @param resource the {@code resource} parameter (RFC 8707), if it sends one
 * @param signsRequests whether it must push request objects (RFC 9101)
 * @param signedResponses whether its authorization responses are JWTs (JARM)
 * @param refreshes whether it gets refresh tokens
 */
public record TestClient(
    ClientId id,
    Authentication authentication,
    Optional<SigningKey> key,
    Optional<TestCertificate> certificate,
    boolean boundByCertificate,
    RedirectUri redirectUri,
    String scope,
    List<JsonObject> authorizationDetails,
    Optional<String> resource,
    boolean signsRequests,
    boolean signedResponses,
    boolean refreshes) {

  /** How a client authenticates, by the names of {@code token_endpoint_auth_method}. */
  public enum Authentication {
    /** By a signed assertion (RFC 7523). */
    PRIVATE_KEY_JWT,
    /** By a certificate of a trusted authority (RFC 8705 section 2.1). */
    TLS_CLIENT_AUTH,
    /** By a certificate that was registered (RFC 8705 section 2.2). */
    SELF_SIGNED_TLS_CLIENT_AUTH;

    /** Whether the certificate is the credential. */
    public boolean isByCertificate() {
      return this != PRIVATE_KEY_JWT;
    }
  }

  /** Checks that it has what it authenticates by. */
  public TestClient {
    authorizationDetails = List.copyOf(authorizationDetails);
    if (authentication == Authentication.PRIVATE_KEY_JWT && key.isEmpty()) {
      throw new IllegalArgumentException("private_key_jwt needs a key");
    }
    if ((authentication.isByCertificate() || boundByCertificate) && certificate.isEmpty()) {
      throw new IllegalArgumentException("mutual TLS needs a certificate");
    }
    if (signsRequests && key.isEmpty()) {
      throw new IllegalArgumentException("signed requests need a key");
    }
  }
}
