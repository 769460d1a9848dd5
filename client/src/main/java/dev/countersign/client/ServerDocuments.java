package dev.countersign.client;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The documents of one authorization server, in the client's words for what goes wrong. The only
 * source of endpoints there is. May be called by any number of threads.
 */
final class ServerDocuments {

  /** Asked again after an hour, never twice within 30 s, used for a day at most: our choice. */
  private static final Freshness FRESHNESS =
      new Freshness(Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofHours(24));

  private final RemoteIssuer remote;
  private final boolean aliases;
  private final boolean aliasOfUserinfo;

  /**
   * Stores its parts.
   *
   * @param aliases whether the back channel goes by mutual TLS
   * @param aliasOfUserinfo whether userinfo does
   */
  ServerDocuments(
      HttpsFetcher fetcher,
      Issuer issuer,
      InstantSource time,
      boolean aliases,
      boolean aliasOfUserinfo) {
    this.remote = new RemoteIssuer(fetcher, issuer, time, FRESHNESS);
    this.aliases = aliases;
    this.aliasOfUserinfo = aliasOfUserinfo;
  }

  /** Where this client calls, by the metadata. */
  Endpoints endpoints() throws ClientException {
    return new Endpoints(metadata(), aliases, aliasOfUserinfo);
  }

  /** The metadata, whose issuer is the one it was fetched for. */
  @Enforces({"SP-5.3.3.1-9", "SP-5.3.3.1-11", "BCP-2.6-1"})
  AuthorizationServerMetadata metadata() throws ClientException {
    try {
      return remote.metadata();
    } catch (RemoteException e) {
      throw switch (e.kind()) {
        case UNTRUSTED, CONTENT, STATUS, INSECURE_URL, REFUSED_ADDRESS, TOO_LARGE ->
            new MetadataFault(e);
        case UNREACHABLE, TLS, TIMEOUT, INTERRUPTED -> new TransportFault(e);
      };
    }
  }

  /** The key set in which the key of the signature must be. */
  JwkSet keysFor(CompactJws signed) throws ClientException {
    metadata();
    try {
      return remote.forKid(signed.algorithm(), signed.kid());
    } catch (RemoteException e) {
      throw new TransportFault(e);
    }
  }
}
