package dev.countersign.client;

import dev.countersign.remote.RemoteException;

/**
 * The metadata of the authorization server cannot be trusted or used: another issuer in it, an
 * endpoint that is missing or not {@code https} (RFC 8414 section 3.3). Nothing was sent to any
 * endpoint it names.
 */
public final class MetadataFault extends ClientException {
  private static final long serialVersionUID = 1L;

  MetadataFault(RemoteException cause) {
    super("the metadata is not usable: " + cause.getMessage(), cause);
  }

  MetadataFault(String message) {
    super(message);
  }
}
