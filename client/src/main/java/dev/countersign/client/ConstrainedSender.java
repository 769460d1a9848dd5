package dev.countersign.client;

import dev.countersign.remote.RemoteAnswer;
import java.net.http.HttpRequest;

/**
 * Sends requests so that access tokens are bound to this client, or shown to be. May be called by
 * any number of threads at once.
 */
sealed interface ConstrainedSender permits DpopSender, CertificateSender {

  /** The answer to a request that asks for a bound token or uses one. */
  RemoteAnswer send(ProvedCall call) throws TransportFault;

  /** The answer to a request without a token, whose answer may hold a nonce for later ones. */
  RemoteAnswer sendUnproved(ServerNonces.Server server, HttpRequest request) throws TransportFault;
}
