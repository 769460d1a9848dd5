package dev.countersign.resource;

import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * Who a resource server is when it asks the authorization server, which registered it ({@code
 * resource_servers} in the configuration of ours), and how it proves that.
 */
public sealed interface IntrospectionCaller {

  /** What it is registered as. */
  ClientId id();

  /** Where it asks; empty if the issuer's metadata names no place. */
  default Optional<URI> endpoint(AuthorizationServerMetadata metadata) {
    return metadata.introspectionEndpoint();
  }

  /** What authenticates one request to the issuer; goes into the body beside the question. */
  Form authentication(Issuer issuer, Instant now);

  /**
   * By an assertion that is signed anew for each question ({@code private_key_jwt}).
   *
   * @param id as registered
   * @param key whose public half is registered; used for nothing else
   * @param jose signs
   * @param random for the {@code jti}
   */
  record PrivateKeyJwt(ClientId id, SigningKey key, Jose jose, SecureRandom random)
      implements IntrospectionCaller {
    @Override
    @Enforces({"IN-1", "CA-2"})
    public Form authentication(Issuer issuer, Instant now) {
      return ClientAssertion.toForm(
          ClientAssertion.create(jose, key, id, issuer, Jti.random(random), now));
    }
  }

  /**
   * By the client certificate that the connection shows ({@code tls_client_auth} or {@code
   * self_signed_tls_client_auth}): the HTTP client of the exchange is made with an {@link
   * javax.net.ssl.SSLContext} that holds it.
   *
   * @param id as registered
   */
  record MutualTls(ClientId id) implements IntrospectionCaller {
    /** The alias, where there is one (RFC 8705 section 5). */
    @Override
    @Enforces({"MT-9"})
    public Optional<URI> endpoint(AuthorizationServerMetadata metadata) {
      return metadata
          .mtlsEndpointAliases()
          .introspectionEndpoint()
          .or(metadata::introspectionEndpoint);
    }

    @Override
    @Enforces({"IN-1"})
    public Form authentication(Issuer issuer, Instant now) {
      return Form.builder().add("client_id", id.value()).build();
    }
  }
}
