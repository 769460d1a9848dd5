package dev.countersign.client;

/**
 * Why a step of the client did not succeed; {@code switch} over the five kinds is complete. No
 * message holds a token, a code, a key or text of the other party's choosing.
 */
public abstract sealed class ClientException extends Exception
    permits AuthorizationRefused, MetadataFault, ProtocolViolation, ServerRefused, TransportFault {
  private static final long serialVersionUID = 1L;

  ClientException(String message) {
    super(message);
  }

  ClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
