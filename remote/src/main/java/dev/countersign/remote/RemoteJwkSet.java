package dev.countersign.remote;

import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The keys behind a {@code jwks_uri}, kept for a while. May be called by any number of threads at
 * once.
 *
 * <p>The URL comes from configuration or from checked metadata, never from a header of a token. An
 * unknown {@code kid} makes it look again, but not more often than {@code minRefetch}, so that
 * forged tokens cannot drive requests. While fetching fails, the last keys are used for up to 24
 * hours after they were fetched, unless the caller decides otherwise (our choice: a key that was
 * withdrawn must not live on for ever because its publisher cannot be reached).
 */
public final class RemoteJwkSet {

  static final Duration MAX_STALE = Duration.ofHours(24);

  private final RemoteDocument<JwkSet> document;

  /**
   * Stores its parts; fetches nothing yet.
   *
   * @param jwksUri absolute {@code https} URL of the key set
   * @param freshFor so long keys are used without asking; positive, at most 24 hours
   * @param minRefetch so far apart are two fetches at least
   */
  public RemoteJwkSet(
      JsonFetcher fetcher,
      URI jwksUri,
      InstantSource time,
      Duration freshFor,
      Duration minRefetch) {
    this(fetcher, jwksUri, time, new Freshness(freshFor, minRefetch, MAX_STALE));
  }

  /**
   * As {@link #RemoteJwkSet(JsonFetcher, URI, InstantSource, Duration, Duration)}, for a caller who
   * also decides how long the last keys stand in while fetching fails.
   */
  public RemoteJwkSet(JsonFetcher fetcher, URI jwksUri, InstantSource time, Freshness freshness) {
    this.document = new RemoteDocument<>(() -> read(fetcher, jwksUri), time, freshness);
  }

  /**
   * The key set in which to look for a key; of equal {@code kid}s {@link JwkSet#select} takes the
   * one that fits the algorithm. The set may lack such a key: then no published key has made the
   * signature.
   *
   * @param algorithm of the signature to verify
   * @param kid as the signature's header names it
   * @throws RemoteException if there is no key set, old or new
   */
  @Enforces("SP-5.4.3-1")
  public JwkSet forKid(SignatureAlgorithm algorithm, Optional<String> kid) throws RemoteException {
    return where(keys -> !keys.select(algorithm, kid).isEmpty());
  }

  /**
   * The same for a caller who knows the {@code kid} only: looks again if no key bears it.
   *
   * @throws RemoteException if there is no key set, old or new
   */
  public JwkSet forKid(Optional<String> kid) throws RemoteException {
    return where(
        keys -> kid.isEmpty() || keys.keys().stream().anyMatch(key -> key.kid().equals(kid)));
  }

  /**
   * The key set in which a caller looks for anything else: looks again if the kept keys do not do.
   *
   * @param enough whether a set has what is looked for
   * @throws RemoteException if there is no key set, old or new
   */
  public JwkSet where(Predicate<JwkSet> enough) throws RemoteException {
    JwkSet keys = document.current();
    return enough.test(keys) ? keys : document.newest();
  }

  @Enforces("SP-5.4.2-1")
  private static JwkSet read(JsonFetcher fetcher, URI jwksUri) throws RemoteException {
    try {
      return JwkSet.parse(fetcher.json(jwksUri));
    } catch (InvalidJwkException e) {
      throw new RemoteException(Kind.CONTENT, jwksUri, "not a usable JWK set", e);
    }
  }
}
