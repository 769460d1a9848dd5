package dev.countersign.client;

import dev.countersign.remote.RemoteException;

/**
 * No answer: no connection, TLS not trusted, too slow, too large. Whether the other party acted on
 * the request is not known. The message names the host of a request, never its path.
 */
public final class TransportFault extends ClientException {
  private static final long serialVersionUID = 1L;

  private final RemoteException.Kind kind;

  TransportFault(RemoteException cause) {
    super("no answer: " + cause.getMessage(), cause);
    this.kind = cause.kind();
  }

  /** What went wrong. */
  public RemoteException.Kind kind() {
    return kind;
  }
}
