package dev.countersign.client;

import java.util.regex.Pattern;

/**
 * Why a step of the client did not succeed; {@code switch} over the five kinds is complete. No
 * message holds a token, a code, a key or text of the other party's choosing.
 */
public abstract sealed class ClientException extends Exception
    permits AuthorizationRefused, MetadataFault, ProtocolViolation, ServerRefused, TransportFault {
  private static final long serialVersionUID = 1L;

  private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,64}");

  /** An error code as a message may show it: the codes in use are lower-case words. */
  static String readable(String errorCode) {
    return ERROR_CODE.matcher(errorCode).matches() ? errorCode : "(no readable error code)";
  }

  ClientException(String message) {
    super(message);
  }

  ClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
