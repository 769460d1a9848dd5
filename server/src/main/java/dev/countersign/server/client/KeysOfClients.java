package dev.countersign.server.client;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteJwkSet;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public keys of clients, as registered or as they publish them. What they publish is kept and
 * fetched again by the rules of {@link RemoteJwkSet}. Safe for any number of threads.
 *
 * <p>Each client has a copy of its own: one that registers with the URL of another can neither have
 * that one's keys forgotten nor have them fetched more often. And it has one at most, whatever it
 * publishes where.
 */
public final class KeysOfClients {
  private static final JwkSet NO_KEYS = JwkSet.of(List.of());

  private final Function<URI, RemoteJwkSet> remote;
  private final Map<ClientId, Copy> ofClients = new ConcurrentHashMap<>();
  private final Map<URI, RemoteJwkSet> ofOthers = new ConcurrentHashMap<>();

  private record Copy(URI jwksUri, RemoteJwkSet keys) {}

  /**
   * Fetches nothing yet.
   *
   * @param remote the key set behind a URL, not fetched yet
   */
  public KeysOfClients(Function<URI, RemoteJwkSet> remote) {
    this.remote = remote;
  }

  /**
   * The keys with which an assertion of the client is to be verified. If none of those kept has the
   * algorithm and {@code kid}, they are fetched again, but not too often.
   *
   * @param algorithm as the signature's header names it
   * @param kid as the signature's header names it
   * @throws RefusalException {@code invalid_client} if the client's keys cannot be had; the log
   *     learns why
   */
  @Enforces({"SP-5.4.3-1", "SP-6.8-1"})
  public JwkSet toVerify(
      RegisteredClient client, SignatureAlgorithm algorithm, Optional<String> kid) {
    try {
      return ofClient(client, algorithm, kid);
    } catch (RemoteException e) {
      throw unavailable(e);
    }
  }

  /**
   * The keys with which a request object of the client, who is authenticated already, is to be
   * verified; fetched again as those of assertions are.
   *
   * @throws RefusalException {@code invalid_request_object} if the client's keys cannot be had, or
   *     it has none, as a client may that authenticates by a certificate; the log learns why
   */
  @Enforces({"SP-5.4.3-1", "SP-6.8-1", "JAR-9"})
  public JwkSet toVerifyRequest(
      RegisteredClient client, SignatureAlgorithm algorithm, Optional<String> kid) {
    if (client.keys() instanceof ClientKeys.None) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST_OBJECT,
              "JAR-9",
              "no keys are registered that could verify the request object")
          .withDetail("the client has neither jwks nor jwks_uri")
          .exception();
    }
    try {
      return ofClient(client, algorithm, kid);
    } catch (RemoteException e) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST_OBJECT,
              "SP-5.4.2-1",
              "the keys that could verify the request object cannot be fetched")
          .withDetail("the keys of the client: " + e.getMessage())
          .exception();
    }
  }

  private JwkSet ofClient(
      RegisteredClient client, SignatureAlgorithm algorithm, Optional<String> kid)
      throws RemoteException {
    return client.keys() instanceof ClientKeys.Published(URI jwksUri)
        ? of(client.id(), jwksUri).forKid(algorithm, kid)
        : toVerify(client.keys(), algorithm, kid);
  }

  /**
   * The same of keys that are not, or not yet, those of a client.
   *
   * @throws RemoteException if they cannot be had
   */
  @Enforces({"SP-5.4.3-1", "SP-6.8-1"})
  public JwkSet toVerify(ClientKeys keys, SignatureAlgorithm algorithm, Optional<String> kid)
      throws RemoteException {
    return switch (keys) {
      case ClientKeys.Fixed(JwkSet jwks) -> jwks;
      case ClientKeys.Published(URI jwksUri) ->
          ofOthers.computeIfAbsent(jwksUri, remote).forKid(algorithm, kid);
      case ClientKeys.None() -> NO_KEYS;
    };
  }

  /**
   * Whether the certificate stands in the {@code x5c} of one of the client's keys, as that key's
   * own. If not, published keys are fetched again, but not too often.
   *
   * @throws RefusalException {@code invalid_client} if the client's keys cannot be had; the log
   *     learns why
   */
  @Enforces("MT-3")
  public boolean hasCertificate(RegisteredClient client, X509Certificate certificate) {
    return switch (client.keys()) {
      case ClientKeys.Fixed(JwkSet jwks) -> holds(jwks, certificate);
      case ClientKeys.Published(URI jwksUri) -> {
        try {
          RemoteJwkSet keys = of(client.id(), jwksUri);
          yield holds(keys.where(jwks -> holds(jwks, certificate)), certificate);
        } catch (RemoteException e) {
          throw unavailable(e);
        }
      }
      case ClientKeys.None() -> false;
    };
  }

  /** Forgets what these clients published, but for those that publish something now. */
  public void forget(List<RegisteredClient> before, List<RegisteredClient> now) {
    Set<ClientId> kept = publishers(now).collect(Collectors.toUnmodifiableSet());
    publishers(before).filter(id -> !kept.contains(id)).forEach(this::forget);
  }

  /** Forgets what a client published; if it still needs it, it is fetched again. */
  public void forget(ClientId client) {
    ofClients.remove(client);
  }

  private static Stream<ClientId> publishers(List<RegisteredClient> clients) {
    return clients.stream()
        .filter(client -> client.keys() instanceof ClientKeys.Published)
        .map(RegisteredClient::id);
  }

  private static boolean holds(JwkSet jwks, X509Certificate certificate) {
    return jwks.keys().stream()
        .map(PublicJwk::certificates)
        .flatMap(chain -> chain.stream().limit(1))
        .anyMatch(certificate::equals);
  }

  private RemoteJwkSet of(ClientId client, URI jwksUri) {
    return ofClients
        .compute(
            client,
            (_, kept) ->
                kept != null && kept.jwksUri().equals(jwksUri)
                    ? kept
                    : new Copy(jwksUri, remote.apply(jwksUri)))
        .keys();
  }

  private static RefusalException unavailable(RemoteException e) {
    return Refusal.oauth(OAuthError.INVALID_CLIENT, "SP-5.4.2-1", "client authentication failed")
        .withDetail("the keys of the client: " + e.getMessage())
        .exception();
  }
}
