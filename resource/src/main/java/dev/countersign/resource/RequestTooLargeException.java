package dev.countersign.resource;

import java.io.IOException;

/** The content of a request is larger than the host takes. */
public final class RequestTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what the bound is.
   *
   * @param maxBytes so many would have been taken
   */
  public RequestTooLargeException(int maxBytes) {
    super("the request has more than " + maxBytes + " bytes");
  }
}
