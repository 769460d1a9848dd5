package dev.countersign.server.client;

import dev.countersign.protocol.http.Authority;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.requirement.Enforces;
import java.net.URI;

/** Where the public keys of a client are. {@link KeysOfClients} finds them. */
public sealed interface ClientKeys {

  /** Keys that were registered with the client. */
  static ClientKeys of(JwkSet jwks) {
    return new Fixed(jwks);
  }

  /** Keys that the client publishes. */
  static ClientKeys at(URI jwksUri) {
    return new Published(jwksUri);
  }

  /** None: another party's certificate says who the client is. */
  static ClientKeys none() {
    return new None();
  }

  /**
   * Registered with the client.
   *
   * @param jwks the keys; never empty
   */
  record Fixed(JwkSet jwks) implements ClientKeys {

    /** Refuses a set without a key. */
    @Enforces("SP-5.3.2.1-3")
    public Fixed {
      if (jwks.keys().isEmpty()) {
        throw new IllegalArgumentException("ClientKeys.jwks must hold a key (SP-5.3.2.1-3)");
      }
    }
  }

  /**
   * Published by the client and fetched when needed.
   *
   * @param jwksUri an absolute {@code https} URL without user and fragment, with no port that
   *     cannot be
   */
  record Published(URI jwksUri) implements ClientKeys {
    /** Refuses any other URL. */
    @Enforces({"SP-5.4.2-1", "DC-5"})
    public Published {
      if (!"https".equals(jwksUri.getScheme())
          || !Authority.isPlain(jwksUri)
          || jwksUri.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "ClientKeys.jwksUri must be an https URL without user and fragment (SP-5.4.2-1)");
      }
    }
  }

  /** No keys at all. */
  record None() implements ClientKeys {}
}
