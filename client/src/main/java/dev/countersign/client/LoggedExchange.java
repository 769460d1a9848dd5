package dev.countersign.client;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import java.net.http.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests and leaves one line of each in the log. Any number of threads may call it. */
final class LoggedExchange {

  private static final Logger log = LoggerFactory.getLogger(LoggedExchange.class);

  private final HttpsExchange exchange;

  LoggedExchange(HttpsExchange exchange) {
    this.exchange = exchange;
  }

  /** The answer, whatever its status. */
  @Enforces("IA-2.2.1-3")
  RemoteAnswer send(HttpRequest request) throws TransportFault {
    // Neither path nor query: at a bank they name people's accounts.
    String line = "method={} host={} outcome={} interaction={}";
    String host = request.uri().getHost();
    String interaction = request.headers().firstValue(FapiInteractionId.HEADER).orElse("none");
    try {
      RemoteAnswer answer = exchange.send(request);
      log.info(line, request.method(), host, answer.status(), interaction);
      return answer;
    } catch (RemoteException e) {
      log.warn(line, request.method(), host, e.kind(), interaction);
      throw new TransportFault(e);
    }
  }
}
