package dev.countersign.remote;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The documents of one authorization server: its metadata and its keys, fetched when first needed
 * and kept as {@link Freshness} says. May be called by any number of threads at once.
 *
 * <p>The metadata comes from the OpenID Connect location, and from that of RFC 8414 only if the
 * first answers 404. It counts only if its issuer is the one it was fetched for, character by
 * character. Documents fetched later replace earlier ones under the same conditions; one that
 * breaks them stops everything.
 */
public final class RemoteIssuer {

  private record Keys(URI jwksUri, RemoteJwkSet set) {}

  private final HttpsFetcher fetcher;
  private final Issuer issuer;
  private final InstantSource time;
  private final Duration freshFor;
  private final Duration minRefetch;
  private final RemoteDocument<AuthorizationServerMetadata> metadata;
  private final AtomicReference<Optional<Keys>> keys = new AtomicReference<>(Optional.empty());

  /**
   * Stores its parts; fetches nothing yet.
   *
   * @param issuer from an authoritative source, never from a message (SP-5.3.3.1-10)
   * @param freshness of the metadata; the first two bounds hold for the keys too; {@code freshFor}
   *     is 24 hours at most, otherwise {@link IllegalArgumentException}
   */
  public RemoteIssuer(
      HttpsFetcher fetcher, Issuer issuer, InstantSource time, Freshness freshness) {
    if (freshness.freshFor().compareTo(RemoteJwkSet.MAX_STALE) > 0) {
      throw new IllegalArgumentException(
          "freshFor must be at most 24 hours: it holds for keys too");
    }
    this.fetcher = fetcher;
    this.issuer = issuer;
    this.time = time;
    this.freshFor = freshness.freshFor();
    this.minRefetch = freshness.minRefetch();
    this.metadata = new RemoteDocument<>(this::fetch, time, freshness);
  }

  /**
   * The checked metadata.
   *
   * @throws RemoteException {@link Kind#UNTRUSTED} if the document is of another issuer, lacks the
   *     token endpoint or names one that is not https; the other kinds if there is no document
   */
  public AuthorizationServerMetadata metadata() throws RemoteException {
    return metadata.current();
  }

  /** As {@link RemoteJwkSet#forKid(SignatureAlgorithm, Optional)}, from the {@code jwks_uri}. */
  public JwkSet forKid(SignatureAlgorithm algorithm, Optional<String> kid) throws RemoteException {
    return keys().forKid(algorithm, kid);
  }

  /** As {@link RemoteJwkSet#forKid(Optional)}, from the {@code jwks_uri}. */
  public JwkSet forKid(Optional<String> kid) throws RemoteException {
    return keys().forKid(kid);
  }

  private RemoteJwkSet keys() throws RemoteException {
    URI jwksUri =
        metadata()
            .jwksUri()
            .orElseThrow(
                () ->
                    new RemoteException(
                        Kind.CONTENT, issuer.uri(), "its metadata names no jwks_uri"));
    return keys.updateAndGet(known -> Optional.of(keysAt(jwksUri, known)))
        .map(Keys::set)
        .orElseThrow();
  }

  private Keys keysAt(URI jwksUri, Optional<Keys> known) {
    return known
        .filter(keysThen -> keysThen.jwksUri().equals(jwksUri))
        .orElseGet(
            () ->
                new Keys(jwksUri, new RemoteJwkSet(fetcher, jwksUri, time, freshFor, minRefetch)));
  }

  @Enforces({"SP-5.3.3.1-9", "SP-5.3.3.1-11"})
  private AuthorizationServerMetadata fetch() throws RemoteException {
    URI place = issuer.openIdConfiguration();
    JsonObject document;
    try {
      document = fetcher.json(place);
    } catch (RemoteException e) {
      if (e.kind() != Kind.STATUS || e.status() != 404) {
        throw e;
      }
      place = issuer.oauthMetadata();
      document = fetcher.json(place);
    }
    try {
      return AuthorizationServerMetadata.parse(document, issuer);
    } catch (InvalidMetadataException e) {
      throw new RemoteException(Kind.UNTRUSTED, place, "must not be used, by rule " + e.rule(), e);
    }
  }
}
