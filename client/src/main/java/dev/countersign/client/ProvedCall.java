package dev.countersign.client;

import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.remote.RemoteAnswer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A request that a DPoP proof may go with: what stays the same when it has to be sent again.
 *
 * @param server whose nonces count
 * @param method as sent
 * @param target where it goes
 * @param token the access token in it, if any
 * @param request makes the request without proof, anew for each attempt, because an assertion in it
 *     is for one use
 * @param demandsNonce whether an answer refuses for want of a nonce
 * @param finish makes an attempt of a request that has all its fields; signs it, if anything does
 */
record ProvedCall(
    ServerNonces.Server server,
    String method,
    URI target,
    Optional<AccessToken> token,
    Supplier<HttpRequest.Builder> request,
    Predicate<RemoteAnswer> demandsNonce,
    Function<HttpRequest.Builder, HttpRequest> finish) {

  /** A call that nobody signs. */
  ProvedCall(
      ServerNonces.Server server,
      String method,
      URI target,
      Optional<AccessToken> token,
      Supplier<HttpRequest.Builder> request,
      Predicate<RemoteAnswer> demandsNonce) {
    this(server, method, target, token, request, demandsNonce, HttpRequest.Builder::build);
  }

  /** The same, whose attempts are finished so. */
  ProvedCall finishedBy(Function<HttpRequest.Builder, HttpRequest> last) {
    return new ProvedCall(server, method, target, token, request, demandsNonce, last);
  }

  /** The same, which is sent again only after such an answer. */
  ProvedCall againAfter(Predicate<RemoteAnswer> credible) {
    return new ProvedCall(
        server, method, target, token, request, demandsNonce.and(credible), finish);
  }
}
