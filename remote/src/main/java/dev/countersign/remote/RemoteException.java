package dev.countersign.remote;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A document or an answer could not be had, or is not what it must be. The message names the place
 * (the host of an exchange, the URL of a document without user, query and fragment) and the fault,
 * never a value of the request or of the answer.
 */
public final class RemoteException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** The URL is not an absolute {@code https} URL; nothing was sent. */
    INSECURE_URL,
    /** The host is at an address that an {@link AddressRule} does not allow; nothing was sent. */
    REFUSED_ADDRESS,
    /** No connection, or it broke. */
    UNREACHABLE,
    /** The TLS handshake failed: certificate, host name, protocol or suite. */
    TLS,
    /** The whole answer did not arrive in time. */
    TIMEOUT,
    /** The waiting thread was interrupted; its interrupt flag is set again. */
    INTERRUPTED,
    /** Another status than the one that counts; a redirect is one of these. */
    STATUS,
    /** The answer is larger than allowed. */
    TOO_LARGE,
    /** The answer is not a well-formed document of the expected kind. */
    CONTENT,
    /** The document is well-formed and contradicts what was asked for: it must not be used. */
    UNTRUSTED
  }

  private final Kind kind;
  private final int status;

  private RemoteException(Kind kind, String message, int status, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
  }

  /**
   * A fault in the content of a document, found by who reads it.
   *
   * @param place where the document came from
   * @param fault what is wrong with it, without a secret
   */
  public RemoteException(Kind kind, URI place, String fault, Throwable cause) {
    this(kind, nameOf(place) + ": " + fault, 0, cause);
  }

  RemoteException(Kind kind, URI place, String fault) {
    this(kind, nameOf(place) + ": " + fault, 0, null);
  }

  /** Another status than 200. */
  static RemoteException status(URI place, int status) {
    String message = nameOf(place) + ": answered " + status + " instead of 200";
    return new RemoteException(Kind.STATUS, message, status, null);
  }

  /** The thread that waited for another one's fetch was interrupted. */
  static RemoteException interrupted(InterruptedException cause) {
    return new RemoteException(Kind.INTERRUPTED, "interrupted while waiting", 0, cause);
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The HTTP status of a {@link Kind#STATUS}, otherwise 0. */
  public int status() {
    return status;
  }

  private static String nameOf(URI place) {
    String host = place.getHost() == null ? "" : place.getHost();
    String port = place.getPort() == -1 ? "" : ":" + place.getPort();
    String path = place.getRawPath() == null ? "" : place.getRawPath();
    return place.getScheme() + "://" + host + port + path;
  }
}
