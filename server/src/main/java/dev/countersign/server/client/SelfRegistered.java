package dev.countersign.server.client;

import dev.countersign.protocol.oauth.ClientId;
import java.util.Optional;

/**
 * The clients that registered themselves, as far as they matter beside those that the operator
 * registered. Asked each time: they come and go. Safe for any number of threads.
 */
public interface SelfRegistered {

  /** For a server where none can. */
  SelfRegistered NONE =
      new SelfRegistered() {
        @Override
        public Optional<RegisteredClient> find(ClientId id) {
          return Optional.empty();
        }

        @Override
        public boolean authenticated(ClientId id) {
          return false;
        }

        @Override
        public boolean isVouchedFor(RegisteredClient client) {
          return false;
        }
      };

  /** The client of that id; empty if none registered itself, or not any more. */
  Optional<RegisteredClient> find(ClientId id);

  /**
   * Notes that the client of that id has authenticated.
   *
   * @return false if no such client is registered, or not any more: then nobody has authenticated
   */
  boolean authenticated(ClientId id);

  /**
   * Whether somebody whom the operator trusts says that the name of the client is its own, and the
   * redirect URIs as well: who copies a name must not be able to have the answers. It is said of
   * the client as it was found, so not of one that has replaced its registration since.
   */
  boolean isVouchedFor(RegisteredClient client);
}
