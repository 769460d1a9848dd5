package dev.countersign.resource;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By what a resource server signs its responses, and what it publishes so that clients can verify
 * them. To take another key: publish the new one beside the old, sign by it an hour later, and take
 * the old one away when no response signed by it is on its way any more.
 *
 * @param current signs; for nothing else, and of this resource server alone
 * @param others published beside its public half: the next key, or the one before
 * @param jwksUri where they are published; empty for {@code /jwks.json} below the identifier of the
 *     resource server, if that is an https URL
 */
public record ResponseKeys(SigningKey current, List<PublicJwk> others, Optional<URI> jwksUri) {

  /** Copies the list. */
  public ResponseKeys {
    others = List.copyOf(others);
  }

  /** One key, published at the usual place. */
  public static ResponseKeys of(SigningKey current) {
    return new ResponseKeys(current, List.of(), Optional.empty());
  }

  /** The same, with one more key published. */
  @Enforces("SP-6.8-1")
  public ResponseKeys publishing(PublicJwk other) {
    List<PublicJwk> more = new ArrayList<>(others);
    more.add(other);
    return new ResponseKeys(current, more, jwksUri);
  }

  /** The same, published at this place. */
  public ResponseKeys at(URI place) {
    return new ResponseKeys(current, others, Optional.of(place));
  }

  /** All that is published. */
  JwkSet published() {
    List<PublicJwk> all = new ArrayList<>();
    all.add(current.publicJwk());
    all.addAll(others);
    return JwkSet.of(all);
  }
}
