package dev.countersign.demo.app;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.Tokens;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.refusal.Refusal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's address table and the edge of its requests: finds out whose session it is,
 * tells troubles as pages, and gives every answer its headers. Safe for any number of threads.
 */
public final class SunnyBudget implements Handler {
  /** Path of the redirect URI. */
  public static final String CALLBACK = "/callback";

  private static final Logger LOG = LoggerFactory.getLogger(SunnyBudget.class);
  private static final String ACCOUNTS = "/accounts";
  private static final String ACCOUNT = "/accounts/";
  private static final String PAYMENT = "/payments/";
  private static final Screen.Notice DISCONNECTED =
      new Screen.Notice(
          "Disconnected",
          "Your bank has been told, and Sunny Budget has forgotten your accounts.",
          "Connect your bank again whenever you like.");

  private final Visitors visitors = new Visitors();
  private final Assets assets = new Assets();
  private final Pages pages;
  private final FapiClient client;
  private final Connecting connecting;
  private final Banking banking;
  private final Paying paying;
  private final Grants grants;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Consumer<Refusal> refusals;

  /**
   * An application to which nobody has come yet.
   *
   * @param client whose redirect URI is {@link #CALLBACK} here
   * @param wanted what to ask people for
   * @param server the bank's login, without a path
   * @param atTheBank where people see at the bank who has access
   * @param bank the bank's API, without a path
   * @param refusals told of every answer that is thrown away, on the thread of its request
   */
  public SunnyBudget(
      FapiClient client,
      FlowRequest wanted,
      URI server,
      URI atTheBank,
      URI bank,
      InstantSource clock,
      SecureRandom random,
      Consumer<Refusal> refusals) {
    this.pages = new Pages(server, atTheBank);
    this.client = client;
    this.connecting = new Connecting(client, wanted, visitors, random);
    BankClient api = new BankClient(client, bank, clock);
    this.banking = new Banking(api, pages);
    this.paying = new Paying(client, api, bank, pages, random);
    this.grants = new Grants(client, pages);
    this.clock = clock;
    this.random = random;
    this.refusals = refusals;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return pages.guarded(assets.at(request.path()).orElseGet(() -> answer(request)));
  }

  private HttpResponse answer(HttpRequest request) {
    Instant now = clock.instant();
    BrowserSession session =
        SessionCookie.read(request.headers()).orElseGet(() -> BrowserSession.random(random));
    Visit visit = new Visit(request, session, visitors.find(session, now));
    try {
      return switch (request.method()) {
        case "GET" -> get(visit, now);
        case "POST" -> post(visit);
        default -> HttpResponse.empty(405).with("Allow", "GET, POST");
      };
    } catch (TroubleException e) {
      return trouble(e.trouble(), visit);
    } catch (ClientException e) {
      LOG.info("a step did not succeed: {}", e.getMessage());
      if (e instanceof ProtocolViolation violation) {
        refusals.accept(
            Refusal.http(400, violation.rule().value(), String.valueOf(e.getMessage())));
      }
      return trouble(Trouble.of(e, visit.visitor().isPresent()), visit);
    } catch (RuntimeException e) {
      LOG.error("a page broke", e);
      return pages.show(Trouble.BROKEN.status(), Trouble.BROKEN.page(), visit);
    }
  }

  private HttpResponse get(Visit visit, Instant now) throws ClientException, TroubleException {
    String path = visit.request().path();
    if (path.equals("/")) {
      return visit.visitor().isPresent() ? to(ACCOUNTS) : pages.show(200, new Screen.Home(), visit);
    }
    if (path.equals(CALLBACK)) {
      return callback(visit, now);
    }
    if (path.equals("/disconnected")) {
      return pages.show(200, DISCONNECTED, visit);
    }
    Optional<Trouble> trouble = Trouble.at(path);
    if (trouble.isPresent()) {
      return pages.show(trouble.get().status(), trouble.get().page(), visit);
    }
    return visit.visitor().isPresent() ? get(visit, visit.visitor().get(), path) : to("/");
  }

  /** The browser is back: either the bank is connected now, or a payment was allowed. */
  private HttpResponse callback(Visit visit, Instant now) throws ClientException, TroubleException {
    Tokens tokens = client.callback(visit.session(), visit.request().query().orElse(""));
    if (tokens.authorizationDetails().isEmpty()) {
      return connecting.connected(visit, tokens, now);
    }
    if (visit.visitor().isEmpty()) {
      client.revoke(tokens);
      throw new TroubleException(Trouble.ENDED);
    }
    return paying.allowed(visit.visitor().get(), tokens);
  }

  /** The pages of a connected person. */
  private HttpResponse get(Visit visit, Visitor visitor, String path)
      throws ClientException, TroubleException {
    if (path.equals(ACCOUNTS)) {
      return banking.accounts(visit, visitor);
    }
    if (path.equals("/pay")) {
      return paying.form(visit);
    }
    if (path.equals("/permissions")) {
      return grants.show(visit, visitor);
    }
    if (path.startsWith(ACCOUNT)) {
      return banking.bookings(visit, visitor, path.substring(ACCOUNT.length()));
    }
    if (path.startsWith(PAYMENT)) {
      return paying.receipt(visit, visitor, path.substring(PAYMENT.length()));
    }
    throw new TroubleException(Trouble.NO_SUCH_PAGE);
  }

  private HttpResponse post(Visit visit) throws ClientException, TroubleException {
    return switch (visit.request().path()) {
      case "/connect" -> connecting.begin(visit);
      case "/disconnect" -> connecting.end(visit);
      case "/pay" ->
          visit.visitor().isPresent() ? paying.ask(visit, visit.visitor().get()) : to("/");
      case "/pay-again" ->
          visit.visitor().isPresent() ? paying.again(visit, visit.visitor().get()) : to("/");
      default -> throw new TroubleException(Trouble.NO_SUCH_PAGE);
    };
  }

  /**
   * The page of a trouble. After a form or a callback the browser is sent there, so that neither is
   * sent again by loading the page again.
   */
  private HttpResponse trouble(Trouble trouble, Visit visit) {
    if (trouble == Trouble.ENDED) {
      visitors.forget(visit.session());
    }
    boolean stays =
        trouble == Trouble.FORM
            || trouble == Trouble.NO_SUCH_PAGE
            || (!visit.isPost() && !visit.request().path().equals(CALLBACK));
    return stays && trouble != Trouble.ENDED
        ? pages.show(trouble.status(), trouble.page(), visit)
        : to(trouble.path());
  }

  private static HttpResponse to(String path) {
    return HttpResponse.redirect303(URI.create(path));
  }
}
