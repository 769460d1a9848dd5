package dev.countersign.demo.app;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.Tokens;
import dev.countersign.client.UserInfo;
import dev.countersign.client.UserStart;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.MalformedJsonException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects a person's bank and disconnects it. */
final class Connecting {
  static final String DISCONNECT = "disconnect";

  private static final Logger LOG = LoggerFactory.getLogger(Connecting.class);
  private static final URI ACCOUNTS = URI.create("/accounts");
  private static final URI DISCONNECTED = URI.create("/disconnected");
  private static final URI HOME = URI.create("/");
  private static final EndUserPresent PRESENT = new EndUserPresent(true);

  private final FapiClient client;
  private final FlowRequest wanted;
  private final Visitors visitors;
  private final SecureRandom random;

  Connecting(FapiClient client, FlowRequest wanted, Visitors visitors, SecureRandom random) {
    this.client = client;
    this.wanted = wanted;
    this.visitors = visitors;
    this.random = random;
  }

  /** The person pressed the button: off to the bank's login. */
  HttpResponse begin(Visit visit) throws ClientException, TroubleException {
    Form form = visit.form();
    UserStart start = visit.session().confirmStart(form.value("token").orElse(""));
    return HttpResponse.redirect303(client.begin(start, wanted).value());
  }

  /** The browser is back and the person said yes: who is connected gets a session that is new. */
  HttpResponse connected(Visit visit, Tokens tokens, Instant now) {
    BrowserSession fresh = BrowserSession.random(random);
    visitors.keep(fresh, new Visitor(name(tokens), tokens), now);
    visitors.forget(visit.session());
    return SessionCookie.set(HttpResponse.redirect303(ACCOUNTS), fresh);
  }

  /** The bank is told, of the payments too, then everything is forgotten. */
  HttpResponse end(Visit visit) throws ClientException, TroubleException {
    FormToken.require(visit.session(), DISCONNECT, visit.form().value("token").orElse(""));
    if (visit.visitor().isEmpty()) {
      return HttpResponse.redirect303(HOME);
    }
    Visitor visitor = visit.visitor().get();
    for (Payment payment : visitor.payments()) {
      if (payment.allowed().isPresent()) {
        client.revoke(payment.allowed().get().permission().tokens(), PRESENT);
      }
    }
    client.revoke(visitor.connection().tokens(), PRESENT);
    visitors.forget(visit.session());
    return SessionCookie.clear(HttpResponse.redirect303(DISCONNECTED));
  }

  /** Who it is. A name is nice to have: without one the application works as well. */
  private String name(Tokens tokens) {
    try {
      UserInfo info = client.userinfo(tokens, PRESENT);
      return info.claims().string("name").orElse("You");
    } catch (ClientException | MalformedJsonException e) {
      LOG.warn("no name of the person: {}", e.getMessage());
      return "You";
    }
  }
}
