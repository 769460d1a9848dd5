package dev.countersign.client;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteDocument;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.remote.RemoteJwkSet;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one authorization server: metadata and keys, fetched when first needed and kept
 * for an hour. The only source of endpoints there is. May be called by any number of threads.
 */
final class ServerDocuments {

  private static final Duration FRESH_FOR = Duration.ofHours(1);
  private static final Duration MIN_REFETCH = Duration.ofSeconds(30);
  private static final Duration MAX_STALE = Duration.ofHours(24);

  private record Keys(URI jwksUri, RemoteJwkSet set) {}

  private final HttpsFetcher fetcher;
  private final Issuer issuer;
  private final InstantSource time;
  private final RemoteDocument<AuthorizationServerMetadata> metadata;
  private final AtomicReference<@Nullable Keys> keys = new AtomicReference<>();

  ServerDocuments(HttpsFetcher fetcher, Issuer issuer, InstantSource time) {
    this.fetcher = fetcher;
    this.issuer = issuer;
    this.time = time;
    this.metadata =
        new RemoteDocument<>(
            this::fetch, time, new Freshness(FRESH_FOR, MIN_REFETCH, MAX_STALE));
  }

  /** The metadata, whose issuer is the one it was fetched for. */
  @Enforces({"SP-5.3.3.1-9", "SP-5.3.3.1-11"})
  AuthorizationServerMetadata metadata() throws MetadataFault, TransportFault {
    try {
      return metadata.current();
    } catch (RemoteException e) {
      throw switch (e.kind()) {
        case UNTRUSTED, CONTENT, STATUS, INSECURE_URL, TOO_LARGE ->
            new MetadataFault("the metadata of " + issuer.value() + " is not usable", e);
        case UNREACHABLE, TLS, TIMEOUT, INTERRUPTED -> new TransportFault(e);
      };
    }
  }

  /** The key set in which the key of the signature must be. */
  JwkSet keysFor(CompactJws signed) throws MetadataFault, TransportFault {
    URI jwksUri = metadata().jwksUri();
    Keys known = keys.get();
    if (known == null || !known.jwksUri().equals(jwksUri)) {
      known =
          new Keys(
              jwksUri, new RemoteJwkSet(fetcher, jwksUri, time, FRESH_FOR, MIN_REFETCH));
      keys.set(known);
    }
    try {
      return known.set().forKid(signed.algorithm(), signed.kid());
    } catch (RemoteException e) {
      throw new TransportFault(e);
    }
  }

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
      throw RemoteException.of(Kind.UNTRUSTED, place, "not the metadata of this issuer", e);
    }
  }
}
