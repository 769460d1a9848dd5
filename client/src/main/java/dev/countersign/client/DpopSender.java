package dev.countersign.client;

import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests with a fresh DPoP proof each, and once more when the server wants a nonce (RFC
 * 9449 sections 4, 8 and 9). May be called by any number of threads at once.
 */
final class DpopSender {

  private static final Logger log = LoggerFactory.getLogger(DpopSender.class);

  private final HttpsExchange exchange;
  private final Jose jose;
  private final SigningKey key;
  private final SecureRandom random;
  private final InstantSource time;
  private final ServerNonces nonces = new ServerNonces();

  /** Proofs bear the time of {@code time}. */
  DpopSender(
      HttpsExchange exchange, Jose jose, SigningKey key, SecureRandom random, InstantSource time) {
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
  @Enforces({"SP-5.3.3.1-8", "DP-13"})
  RemoteAnswer send(ProvedCall call) throws TransportFault {
    RemoteAnswer first = attempt(call);
    boolean again =
        call.demandsNonce().test(first) && ServerNonces.givenBy(first.headers()).isPresent();
    return again ? attempt(call) : first;
  }

  /** The answer to a request without proof; a nonce that comes with it is kept all the same. */
  @Enforces("IA-2.2.1-3")
  RemoteAnswer sendUnproved(ServerNonces.Server server, HttpRequest request) throws TransportFault {
    // Neither path nor query: at a bank they name people's accounts.
    String line = "method={} host={} outcome={} interaction={}";
    String host = request.uri().getHost();
    String interaction = request.headers().firstValue(FapiInteractionId.HEADER).orElse("none");
    try {
      RemoteAnswer answer = exchange.send(request);
      nonces.remember(server, answer.headers());
      log.info(line, request.method(), host, answer.status(), interaction);
      return answer;
    } catch (RemoteException e) {
      log.warn(line, request.method(), host, e.kind(), interaction);
      throw new TransportFault(e);
    }
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
    HttpRequest request = call.request().get().setHeader(DpopProof.HEADER, proof).build();
    return sendUnproved(call.server(), request);
  }
}
