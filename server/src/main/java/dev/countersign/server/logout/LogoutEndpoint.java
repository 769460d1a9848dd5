package dev.countersign.server.logout;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.server.browser.BrowserKey;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Page;
import dev.countersign.server.browser.Pages;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.interaction.Accounts;
import dev.countersign.server.interaction.Logins;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Session;
import dev.countersign.store.Sessions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** {@code GET} shows who is logged in, {@code POST} of its form logs them out. */
public final class LogoutEndpoint implements Endpoint {
  private final Logins logins;
  private final Sessions sessions;
  private final Accounts accounts;
  private final Pages pages;
  private final InteractionUrls urls;
  private final SecureRandom random;

  /** Ends sessions of the store. */
  public LogoutEndpoint(
      Logins logins,
      Sessions sessions,
      Accounts accounts,
      Pages pages,
      InteractionUrls urls,
      SecureRandom random) {
    this.logins = logins;
    this.sessions = sessions;
    this.accounts = accounts;
    this.pages = pages;
    this.urls = urls;
    this.random = random;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Optional<Session> session = logins.session(request, now);
    return "POST".equals(request.method()) ? end(request, session, now) : show(request, session);
  }

  private HttpResponse show(HttpRequest request, Optional<Session> session) {
    if (session.isEmpty()) {
      return page(request, new Page.Logout.State.Nobody());
    }
    BrowserKey browser =
        Cookies.browser(request.headers()).orElseGet(() -> BrowserKey.random(random));
    Page.Logout.State.Somebody somebody =
        new Page.Logout.State.Somebody(
            accounts.displayName(session.get().login().subject()),
            formToken(browser, session.get()).reveal());
    return Cookies.withBrowser(page(request, somebody), browser);
  }

  /** A form that was not shown for this session ends nothing: the page is shown again. */
  private HttpResponse end(HttpRequest request, Optional<Session> session, Instant now) {
    Form form = FormBody.read(request);
    Optional<FormToken> right =
        session.flatMap(
            there -> Cookies.browser(request.headers()).map(browser -> formToken(browser, there)));
    if (right.isEmpty() || !FormToken.of(form, request.headers(), urls).equals(right)) {
      return HttpResponse.redirect303(urls.logout());
    }
    sessions.endSession(session.orElseThrow().id(), now);
    return Cookies.withoutSession(page(request, new Page.Logout.State.Done()));
  }

  private HttpResponse page(HttpRequest request, Page.Logout.State state) {
    Page.Logout page = new Page.Logout(state, urls.path(InteractionUrls.LOGOUT));
    return pages.show(200, page, pages.wording(Optional.empty(), request));
  }

  private static FormToken formToken(BrowserKey browser, Session session) {
    return browser.formToken("logout:" + session.id().hex());
  }
}
