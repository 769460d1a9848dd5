package dev.countersign.client;

import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Enforces;

/**
 * How the client shows the authorization server who it is, as registered there (Security Profile
 * section 5.3.3.1 item 2).
 */
@Enforces("SP-5.3.3.1-2")
public sealed interface ClientAuthentication {

  /**
   * By a signed assertion ({@code private_key_jwt}, OpenID Connect Core section 9).
   *
   * @param key whose public half is registered; used for nothing else, but for requests if {@link
   *     FapiClientBuilder#signedRequests()} says so
   */
  record PrivateKeyJwt(SigningKey key) implements ClientAuthentication {}

  /**
   * By the client certificate that the connection shows ({@code tls_client_auth} or {@code
   * self_signed_tls_client_auth}, RFC 8705 section 2): {@link FapiClientBuilder#mutualTls} gives
   * it.
   */
  record MutualTls() implements ClientAuthentication {}
}
