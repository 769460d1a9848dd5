package dev.countersign.client;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What protected resources say of themselves (RFC 9728), fetched for who asks. */
final class ResourceDescriptions {

  private static final Set<Kind> NO_ANSWER =
      EnumSet.of(Kind.UNREACHABLE, Kind.TLS, Kind.TIMEOUT, Kind.INTERRUPTED);

  private final HttpsFetcher fetcher;

  ResourceDescriptions(HttpsFetcher fetcher) {
    this.fetcher = fetcher;
  }

  /** From the place that the identifier of the resource leads to. */
  ProtectedResourceMetadata of(URI resource) throws ClientException {
    return read(ProtectedResourceMetadata.wellKnown(resource), resource);
  }

  /**
   * From the place that a challenge names, which must be where the challenge came from: a resource
   * server shall not send the client to whom it likes.
   */
  Optional<ProtectedResourceMetadata> named(URI called, ResourceResponse refusal)
      throws ClientException {
    Optional<String> named =
        refusal.challenges().stream()
            .flatMap(challenge -> resourceMetadata(challenge).stream())
            .findFirst();
    if (named.isEmpty()) {
      return Optional.empty();
    }
    URI place = placeAt(called, named.get());
    return Optional.of(read(place, called));
  }

  private static Optional<String> resourceMetadata(Challenge challenge) {
    return challenge.attribute("resource_metadata");
  }

  private static URI placeAt(URI called, String named) throws ProtocolViolation {
    try {
      URI place = URI.create(named);
      if (Objects.equals(place.getScheme(), called.getScheme())
          && Objects.equals(place.getRawAuthority(), called.getRawAuthority())) {
        return place;
      }
    } catch (IllegalArgumentException malformed) {
      throw new ProtocolViolation("PR-3", "the resource names no URL of metadata");
    }
    throw new ProtocolViolation("PR-3", "the resource names metadata of another host");
  }

  private ProtectedResourceMetadata read(URI place, URI resource) throws ClientException {
    try {
      return fetch(place, resource);
    } catch (RemoteException e) {
      throw fault(e);
    }
  }

  /** As {@link #of}, for who keeps the document. */
  ProtectedResourceMetadata fetch(URI resource) throws RemoteException {
    return fetch(ProtectedResourceMetadata.wellKnown(resource), resource);
  }

  @Enforces("PR-3")
  private ProtectedResourceMetadata fetch(URI place, URI resource) throws RemoteException {
    try {
      return ProtectedResourceMetadata.parse(fetcher.json(place), resource);
    } catch (InvalidMetadataException e) {
      throw new RemoteException(
          Kind.UNTRUSTED, place, "must not be used, by rule " + e.rule().value(), e);
    }
  }

  /** What a client is told of it. */
  static ClientException fault(RemoteException e) {
    return NO_ANSWER.contains(e.kind()) ? new TransportFault(e) : new MetadataFault(e);
  }
}
