package dev.countersign.edge;

/**
 * A certificate chain and private key that a server cannot use. The message names the file, where
 * there is one, and the fault, and holds nothing of the key.
 */
public final class InvalidTlsIdentityException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidTlsIdentityException(String message) {
    super(message);
  }

  InvalidTlsIdentityException(String message, Throwable cause) {
    super(message, cause);
  }
}
