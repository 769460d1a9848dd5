package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.LoginFault;
import dev.countersign.server.browser.SessionId;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Interactions;
import dev.countersign.store.Login;
import java.time.Instant;
import java.util.Optional;

/** {@code POST} of the login form of a client's request. */
public final class LoginEndpoint implements Endpoint {
  private final Gate gate;
  private final Logins logins;
  private final Interactions interactions;
  private final InteractionPages pages;
  private final Decisions decisions;
  private final InteractionUrls urls;

  /** Logs people in. */
  public LoginEndpoint(
      Gate gate,
      Logins logins,
      Interactions interactions,
      InteractionPages pages,
      Decisions decisions,
      InteractionUrls urls) {
    this.gate = gate;
    this.logins = logins;
    this.interactions = interactions;
    this.pages = pages;
    this.decisions = decisions;
    this.urls = urls;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    OwnInteraction own = gate.enter(request, form, now, log);
    if (!(Dispatcher.next(own, now) instanceof Step.LogIn step)
        || !Gate.isFormOf(own, step, FormToken.of(form, request.headers(), urls))) {
      return HttpResponse.redirect303(urls.interaction(own.id()));
    }
    if (form.value("choice").filter("cancel"::equals).isPresent()) {
      return decisions.no(own, OAuthError.ACCESS_DENIED, "The person cancelled the login", now);
    }
    return switch (logins.attempt(form, request, now, log)) {
      case Logins.Attempt.LoggedIn(Login login, SessionId session) -> {
        // Noted, and back to the dispatcher.
        interactions.recordLogin(own.digest(), login, now);
        yield Cookies.withSession(HttpResponse.redirect303(urls.interaction(own.id())), session);
      }
      case Logins.Attempt.Failed(Optional<String> username, LoginFault fault) ->
          pages.loginAgain(own, step, request, username, fault);
    };
  }
}
