package dev.countersign.server.mygrants;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.server.browser.BrowserKey;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.LoginFault;
import dev.countersign.server.browser.SessionId;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.interaction.Logins;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Login;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code POST} of the login form in front of My grants. Wherever it leads, it is to My grants:
 * nothing of the request has a say in it. {@code GET}, of a reloaded address, does too.
 */
public final class MyGrantsLoginEndpoint implements Endpoint {
  private final Logins logins;
  private final MyGrantsPages pages;
  private final InteractionUrls urls;

  /** Logs people in. */
  public MyGrantsLoginEndpoint(Logins logins, MyGrantsPages pages, InteractionUrls urls) {
    this.logins = logins;
    this.pages = pages;
    this.urls = urls;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    if (!"POST".equals(request.method())) {
      return HttpResponse.redirect303(urls.myGrants());
    }
    Form form = FormBody.read(request);
    FormToken right = MyGrantsPages.loginToken(browser(request));
    // Of another site, or of a browser that lost its key since: shown again.
    if (FormToken.of(form, request.headers(), urls).filter(right::equals).isEmpty()) {
      return HttpResponse.redirect303(urls.myGrants());
    }
    return switch (logins.attempt(form, request, now, log)) {
      case Logins.Attempt.LoggedIn(Login _, SessionId session) ->
          Cookies.withSession(HttpResponse.redirect303(urls.myGrants()), session);
      case Logins.Attempt.Failed(Optional<String> username, LoginFault fault) ->
          pages.loginAgain(request, username, fault);
    };
  }

  /** Refuses a browser without one: it blocks cookies, and would be asked to log in for ever. */
  private static BrowserKey browser(HttpRequest request) {
    return Cookies.browser(request.headers())
        .orElseThrow(
            () ->
                Trouble.OTHER_BROWSER
                    .refusal("SP-5.3.2.2-N3")
                    .withDetail(
                        Refusal.mismatch(
                            "the cookie", "missing", "that of the browser with the page"))
                    .exception());
  }
}
