package dev.countersign.server.client;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.clientauth.VerifiedClientAssertion;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.OnceKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Authenticates clients by the one method that each is registered for: an assertion or a
 * certificate. Immutable.
 */
public final class ClientAuthenticator {
  private static final JwkSet NO_KEYS = JwkSet.of(List.of());

  private final Jose jose;
  private final Issuer issuer;
  private final Clients clients;
  private final KeysOfClients keys;
  private final CertificateAuthenticator certificates;
  private final Consumer<Duration> offsets;

  /**
   * Accepts assertions for the issuer, and certificates, from the given clients.
   *
   * @param keys where the keys of the clients are
   * @param authorities who may sign the certificates of clients
   * @param offsets told of each good assertion that has an {@code iat} how far it is ahead of our
   *     clock
   */
  public ClientAuthenticator(
      Jose jose,
      Issuer issuer,
      Clients clients,
      KeysOfClients keys,
      List<X509Certificate> authorities,
      Consumer<Duration> offsets) {
    this.jose = jose;
    this.issuer = issuer;
    this.clients = clients;
    this.keys = keys;
    this.certificates = new CertificateAuthenticator(authorities, keys);
    this.offsets = offsets;
  }

  /**
   * The client that made the request. An assertion is verified but not used up; the {@link
   * AuthenticatedClient#onceKeys} do that. A certificate counts only for a client that registered
   * one; beside the assertion of another client it is no second method (CA-7), since it may be
   * there to bind tokens.
   *
   * <p>Refuses what {@link ClientAssertion#read} refuses, and with {@code invalid_client} an
   * assertion that does not verify and a certificate that is not the client's; an unknown client is
   * told the same as one that proved nothing, or whose keys cannot be fetched.
   */
  @Enforces({
    "SP-5.3.2.1-3",
    "SP-5.3.2.1-6",
    "SP-5.3.2.1-8",
    "SP-5.3.2.2-4",
    "CA-1",
    "CA-3",
    "CA-4",
    "MT-1"
  })
  public AuthenticatedClient authenticate(Form form, HttpRequest request, Instant now) {
    AuthenticatedClient proven = proven(form, request, now);
    if (!clients.authenticated(proven.client().id())) {
      throw Refusal.oauth(OAuthError.INVALID_CLIENT, "SP-6.8-4", "client authentication failed")
          .withDetail("the registration of the client has just ended")
          .exception();
    }
    return proven;
  }

  private AuthenticatedClient proven(Form form, HttpRequest request, Instant now) {
    Optional<RegisteredClient> named =
        form.value("client_id").flatMap(ClientAuthenticator::id).flatMap(clients::find);
    if (named.filter(ClientAuthenticator::hasCertificate).isPresent()) {
      return certificates.authenticate(
          named.get(),
          form,
          request.headers(),
          ClientCertificate.of(request.clientCertificates()),
          now);
    }
    return byAssertion(ClientAssertion.read(form, request.headers()), now);
  }

  private AuthenticatedClient byAssertion(ClientAssertion assertion, Instant now) {
    Optional<RegisteredClient> client = clients.find(assertion.clientId());
    if (client.filter(ClientAuthenticator::hasCertificate).isPresent()) {
      throw Refusal.oauth(OAuthError.INVALID_CLIENT, "MT-4", "client authentication failed")
          .withDetail("an assertion of a client that is registered for a certificate")
          .exception();
    }
    VerifiedClientAssertion verified =
        assertion.verify(
            jose,
            client
                .map(known -> keys.toVerify(known, assertion.algorithm(), assertion.kid()))
                .orElse(NO_KEYS),
            client.flatMap(ClientAuthenticator::algorithm),
            issuer,
            now);
    verified.issuedAt().ifPresent(iat -> offsets.accept(Duration.between(now, iat)));
    OnceKey onceKey = OnceKey.clientAssertion(verified.clientId(), verified.jti(), verified.exp());
    return new ClientWithAssertion(client.orElseThrow(), onceKey);
  }

  private static Optional<ClientId> id(String text) {
    try {
      return Optional.of(new ClientId(text));
    } catch (IllegalArgumentException | RefusalException malformed) {
      return Optional.empty();
    }
  }

  private static boolean hasCertificate(RegisteredClient client) {
    return !(client.authentication() instanceof ClientAuthentication.PrivateKeyJwt);
  }

  private static Optional<SignatureAlgorithm> algorithm(RegisteredClient client) {
    return client.authentication() instanceof ClientAuthentication.PrivateKeyJwt(var algorithm)
        ? algorithm
        : Optional.empty();
  }
}
