package dev.countersign.client;

import dev.countersign.protocol.http.Authority;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.JsonFetcher;
import dev.countersign.remote.RemoteDocument;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteJwkSet;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys by which resource servers sign their responses: those behind the {@code jwks_uri} of
 * their metadata (RFC 9728), kept for an hour and fetched again when a signature names one that is
 * not there, though not twice within 30 seconds. May be called by any number of threads.
 */
final class ResourceServerKeys {

  private static final Freshness FRESHNESS =
      new Freshness(Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofHours(24));

  /** Our choice, as for nonces. */
  private static final int MAX_SERVERS = 1000;

  private final ResourceDescriptions descriptions;
  private final JsonFetcher fetcher;
  private final InstantSource time;
  private final List<URI> known;
  private final ReentrantLock lock = new ReentrantLock();

  /** The resource server that was called longest ago comes first. */
  private final LinkedHashMap<URI, Server> servers = new LinkedHashMap<>(16, 0.75f, true);

  private record Server(
      RemoteDocument<ProtectedResourceMetadata> metadata, AtomicReference<Optional<Keys>> keys) {}

  private record Keys(URI jwksUri, RemoteJwkSet published) {}

  /**
   * Fetches nothing yet.
   *
   * @param known identifiers of resource servers; the longest that a target is below counts, and
   *     its origin where there is none
   */
  ResourceServerKeys(
      ResourceDescriptions descriptions, JsonFetcher fetcher, InstantSource time, List<URI> known) {
    this.descriptions = descriptions;
    this.fetcher = fetcher;
    this.time = time;
    this.known =
        known.stream().sorted(Comparator.comparingInt(one -> -one.getRawPath().length())).toList();
  }

  /**
   * The same, each an https URL without query; anything else is {@link IllegalArgumentException}.
   */
  static List<URI> identifiers(List<URI> resources) {
    for (URI resource : resources) {
      if (!"https".equalsIgnoreCase(resource.getScheme())
          || !Authority.isPlain(resource)
          || resource.getRawQuery() != null
          || resource.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "a resource server is named by an https URL without query (HS-5.3.2.2-1)");
      }
    }
    return resources;
  }

  /**
   * Makes sure that there are keys, so that nothing is asked of a resource server whose answer
   * nobody could believe.
   *
   * @throws MetadataFault if it names no keys, or what it names is not usable
   * @throws TransportFault if they are not to be had
   */
  @Enforces("HS-5.3.2.2-1")
  void require(URI target) throws ClientException {
    keys(target, Optional.empty());
  }

  /**
   * The key set in which the key of a signature must be.
   *
   * @param keyid as the signature names it
   */
  @Enforces({"HS-5.3.2.2-1", "SP-6.8-1"})
  JwkSet of(URI target, String keyid) throws ClientException {
    return keys(target, Optional.of(keyid));
  }

  private JwkSet keys(URI target, Optional<String> keyid) throws ClientException {
    Server server = server(identifier(target));
    try {
      ProtectedResourceMetadata metadata = server.metadata().current();
      URI jwksUri =
          metadata
              .jwksUri()
              .orElseThrow(
                  () -> new MetadataFault("the resource server names no keys (HS-5.3.2.2-1)"));
      return named(metadata, keys(server, jwksUri).forKid(keyid));
    } catch (RemoteException e) {
      throw ResourceDescriptions.fault(e);
    }
  }

  /** Those by an algorithm that the resource server says it signs with, if it says so. */
  private static JwkSet named(ProtectedResourceMetadata metadata, JwkSet keys) {
    if (metadata.resourceSigningAlgsSupported().isEmpty()) {
      return keys;
    }
    List<SignatureAlgorithm> algorithms =
        metadata.resourceSigningAlgsSupported().stream()
            .map(SignatureAlgorithm::ofJoseName)
            .flatMap(Optional::stream)
            .toList();
    return JwkSet.of(
        keys.keys().stream().filter(key -> algorithms.contains(key.algorithm())).toList());
  }

  private RemoteJwkSet keys(Server server, URI jwksUri) {
    return server
        .keys()
        .updateAndGet(
            before ->
                before
                    .filter(keys -> keys.jwksUri().equals(jwksUri))
                    .or(
                        () ->
                            Optional.of(
                                new Keys(
                                    jwksUri, new RemoteJwkSet(fetcher, jwksUri, time, FRESHNESS)))))
        .orElseThrow()
        .published();
  }

  private Server server(URI resource) {
    lock.lock();
    try {
      Server server =
          servers.computeIfAbsent(
              resource,
              unknown ->
                  new Server(
                      new RemoteDocument<>(() -> descriptions.fetch(resource), time, FRESHNESS),
                      new AtomicReference<>(Optional.empty())));
      if (servers.size() > MAX_SERVERS) {
        servers.pollFirstEntry();
      }
      return server;
    } finally {
      lock.unlock();
    }
  }

  /** Which resource server a target belongs to: in each case one of the same host and port. */
  private URI identifier(URI target) {
    return known.stream()
        .filter(resource -> isBelow(resource, target))
        .findFirst()
        .orElseGet(() -> origin(target));
  }

  /** Scheme, host and port, in lower case and without the port that is meant anyway. */
  static URI origin(URI https) {
    String port = port(https) == 443 ? "" : ":" + https.getPort();
    return URI.create("https://" + https.getHost().toLowerCase(Locale.ROOT) + port);
  }

  private static boolean isBelow(URI resource, URI target) {
    String path = resource.getRawPath();
    String below = path.endsWith("/") ? path : path + "/";
    String called = target.normalize().getRawPath();
    return resource.getScheme().equalsIgnoreCase(target.getScheme())
        && resource.getHost().equalsIgnoreCase(target.getHost())
        && port(resource) == port(target)
        && (called.equals(path) || called.startsWith(below));
  }

  private static int port(URI https) {
    return https.getPort() == -1 ? 443 : https.getPort();
  }
}
