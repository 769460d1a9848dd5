package dev.countersign.client;

import dev.countersign.remote.RemoteAnswer;
import dev.countersign.requirement.Enforces;
import java.net.http.HttpRequest;

/** Sends requests over connections that show the client certificate (RFC 8705 section 3). */
@Enforces("SP-5.3.3.1-1")
final class CertificateSender implements ConstrainedSender {

  private final LoggedExchange exchange;

  /** Its connections show the certificate. */
  CertificateSender(LoggedExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public RemoteAnswer send(ProvedCall call) throws TransportFault {
    return exchange.send(call.finish().apply(call.request().get()));
  }

  @Override
  public RemoteAnswer sendUnproved(ServerNonces.Server server, HttpRequest request)
      throws TransportFault {
    return exchange.send(request);
  }
}
