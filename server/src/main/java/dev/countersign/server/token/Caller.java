package dev.countersign.server.token;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.server.client.AuthenticatedClient;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.sender.Sender;
import dev.countersign.store.OnceKey;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who calls a grant: the client proved who it is, and that it holds what its tokens are bound to. A
 * grant cannot be called without both.
 *
 * @param authenticated the client
 * @param sender the holder of the key or certificate
 */
record Caller(AuthenticatedClient authenticated, Sender sender) {

  RegisteredClient client() {
    return authenticated.client();
  }

  /** What tokens are bound to. */
  Confirmation confirmation() {
    return sender.confirmation();
  }

  /** What the store uses up together with what it keeps. */
  Set<OnceKey> onceKeys() {
    return Stream.concat(authenticated.onceKeys().stream(), sender.onceKeys().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
