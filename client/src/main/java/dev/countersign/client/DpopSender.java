package dev.countersign.client;

import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.requirement.Enforces;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Sends requests with a fresh DPoP proof each, and once more when the server wants a nonce (RFC
 * 9449 sections 4, 8 and 9). May be called by any number of threads at once.
 */
final class DpopSender implements ConstrainedSender {

  private final LoggedExchange exchange;
  private final Jose jose;
  private final SigningKey key;
  private final SecureRandom random;
  private final InstantSource time;
  private final ServerNonces nonces = new ServerNonces();

  /** Proofs bear the time of {@code time}. */
  DpopSender(
      LoggedExchange exchange, Jose jose, SigningKey key, SecureRandom random, InstantSource time) {
    this.exchange = exchange;
    this.jose = jose;
    this.key = key;
    this.random = random;
    this.time = time;
  }

  /**
   * The answer to the request; if the first one demanded a nonce and gave it, the answer to the
   * second attempt, whatever that is.
   */
  @Override
  @Enforces({"SP-5.3.3.1-8", "DP-13"})
  public RemoteAnswer send(ProvedCall call) throws TransportFault {
    RemoteAnswer first = attempt(call);
    boolean again =
        call.demandsNonce().test(first) && ServerNonces.givenBy(first.headers()).isPresent();
    return again ? attempt(call) : first;
  }

  /** The answer to a request without proof; a nonce that comes with it is kept all the same. */
  @Override
  public RemoteAnswer sendUnproved(ServerNonces.Server server, HttpRequest request)
      throws TransportFault {
    RemoteAnswer answer = exchange.send(request);
    nonces.remember(server, answer.headers());
    return answer;
  }

  @Enforces({"DP-1", "DP-2", "DP-3"})
  private RemoteAnswer attempt(ProvedCall call) throws TransportFault {
    String proof =
        DpopProof.create(
            jose,
            key,
            call.method(),
            call.target(),
            Jti.random(random),
            time.instant(),
            call.token(),
            nonces.of(call.server()));
    HttpRequest.Builder request = call.request().get().setHeader(DpopProof.HEADER, proof);
    return sendUnproved(call.server(), call.finish().apply(request));
  }
}
