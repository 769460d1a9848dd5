package dev.countersign.edge;

import java.io.IOException;

/**
 * The server could not begin to listen. The message is one plain sentence that names host and port
 * and may be shown to the person who started the program.
 */
public class CannotListenException extends IOException {
  private static final long serialVersionUID = 1L;

  CannotListenException(String sentence, IOException cause) {
    super(sentence, cause);
  }
}
