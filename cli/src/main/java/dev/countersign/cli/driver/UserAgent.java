package dev.countersign.cli.driver;

import dev.countersign.client.AuthorizationUrl;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.remote.RemoteException;

/** What takes the part of the person's browser. */
@FunctionalInterface
public interface UserAgent {

  /** The authorization endpoint did not send the browser back. */
  final class NotSentBackException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what it did instead. */
    public NotSentBackException(String message) {
      super(message);
    }
  }

  /**
   * Opens the URL and goes on until it is sent back to the client.
   *
   * @return the query it brings to the redirect URI, still encoded
   * @throws NotSentBackException if it is not sent back
   * @throws RemoteException if there is no answer
   */
  String visit(AuthorizationUrl url, RedirectUri redirectUri)
      throws NotSentBackException, RemoteException;
}
