package dev.countersign.server.client;

import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.clientauth.VerifiedClientAssertion;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.OnceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Authenticates clients by {@code private_key_jwt}, the one method there is. Immutable. */
public final class ClientAuthenticator {
  private static final JwkSet NO_KEYS = JwkSet.of(List.of());

  private final Jose jose;
  private final Issuer issuer;
  private final Clients clients;
  private final KeysOfClients keys;
  private final Consumer<Duration> offsets;

  /**
   * Accepts assertions for the issuer from the given clients.
   *
   * @param keys where the keys of the clients are
   * @param offsets told of each good assertion that has an {@code iat} how far it is ahead of our
   *     clock
   */
  public ClientAuthenticator(
      Jose jose, Issuer issuer, Clients clients, KeysOfClients keys, Consumer<Duration> offsets) {
    this.jose = jose;
    this.issuer = issuer;
    this.clients = clients;
    this.keys = keys;
    this.offsets = offsets;
  }

  /**
   * The client that signed the assertion in the form. The assertion is verified but not used up;
   * its {@link AuthenticatedClient#onceKey} does that.
   *
   * <p>Refuses what {@link ClientAssertion#read} refuses, and with {@code invalid_client} an
   * assertion that does not verify; an unknown client is told the same as one that signed with a
   * wrong key, or whose keys cannot be fetched.
   */
  @Enforces({
    "SP-5.3.2.1-3",
    "SP-5.3.2.1-6",
    "SP-5.3.2.1-8",
    "SP-5.3.2.2-4",
    "CA-1",
    "CA-3",
    "CA-4"
  })
  public AuthenticatedClient authenticate(Form form, Headers headers, Instant now) {
    ClientAssertion assertion = ClientAssertion.read(form, headers);
    Optional<RegisteredClient> client = clients.find(assertion.clientId());
    VerifiedClientAssertion verified =
        assertion.verify(
            jose,
            client
                .map(known -> keys.toVerify(known, assertion.algorithm(), assertion.kid()))
                .orElse(NO_KEYS),
            client.flatMap(RegisteredClient::assertionAlgorithm),
            issuer,
            now);
    verified.issuedAt().ifPresent(iat -> offsets.accept(Duration.between(now, iat)));
    OnceKey onceKey = OnceKey.clientAssertion(verified.clientId(), verified.jti(), verified.exp());
    return new ClientWithAssertion(client.orElseThrow(), onceKey);
  }
}
