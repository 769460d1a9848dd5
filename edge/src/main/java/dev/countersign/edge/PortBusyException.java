package dev.countersign.edge;

import java.io.IOException;

/** The port is taken by another program; the message names host and port in one sentence. */
public final class PortBusyException extends CannotListenException {
  private static final long serialVersionUID = 1L;

  PortBusyException(String host, int port, IOException cause) {
    super(
        "Cannot listen on %s:%d: the port is in use by another program.".formatted(host, port),
        cause);
  }
}
