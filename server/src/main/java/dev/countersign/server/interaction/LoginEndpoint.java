package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.LoginFault;
import dev.countersign.server.browser.SessionId;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Interactions;
import dev.countersign.store.Login;
import dev.countersign.store.Session;
import dev.countersign.store.Sessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code POST} of the login form. */
public final class LoginEndpoint implements Endpoint {
  private final Gate gate;
  private final Accounts accounts;
  private final LoginThrottle throttle;
  private final Interactions interactions;
  private final Sessions sessions;
  private final InteractionPages pages;
  private final Decisions decisions;
  private final InteractionUrls urls;
  private final Duration sessionLifetime;
  private final Optional<String> acr;
  private final Consumer<LoginOutcome> outcomes;
  private final SecureRandom random;

  /**
   * Logs people in for {@code sessionLifetime}.
   *
   * @param acr what every login says of its strength; empty: nothing
   * @param outcomes told what came of each try
   */
  public LoginEndpoint(
      Gate gate,
      Accounts accounts,
      LoginThrottle throttle,
      Interactions interactions,
      Sessions sessions,
      InteractionPages pages,
      Decisions decisions,
      InteractionUrls urls,
      Duration sessionLifetime,
      Optional<String> acr,
      Consumer<LoginOutcome> outcomes,
      SecureRandom random) {
    this.gate = gate;
    this.accounts = accounts;
    this.throttle = throttle;
    this.interactions = interactions;
    this.sessions = sessions;
    this.pages = pages;
    this.decisions = decisions;
    this.urls = urls;
    this.sessionLifetime = sessionLifetime;
    this.acr = acr;
    this.outcomes = outcomes;
    this.random = random;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    OwnInteraction own = gate.enter(request, form, now, log);
    if (!(Dispatcher.next(own, now) instanceof Step.LogIn step)
        || !Gate.isFormOf(own, step, form)) {
      return HttpResponse.redirect303(urls.interaction(own.id()));
    }
    if (form.value("choice").filter("cancel"::equals).isPresent()) {
      return decisions.no(own, OAuthError.ACCESS_DENIED, "The person cancelled the login", now);
    }
    Credentials typed =
        new Credentials(form.value("username").orElse(""), form.value("password").orElse(""));
    return switch (attempt(typed, request.remoteAddress(), now)) {
      case Attempt.Right(Subject person) -> {
        outcomes.accept(LoginOutcome.SUCCEEDED);
        yield loggedIn(own, person, now);
      }
      case Attempt.Wrong(LoginFault fault) -> {
        log.detail(fault.detail());
        outcomes.accept(LoginOutcome.of(fault));
        yield pages.loginAgain(own, step, request, typed.username(), fault);
      }
    };
  }

  /** What was typed. */
  private record Credentials(String username, String password) {
    @Override
    public String toString() {
      return "Credentials";
    }
  }

  /** What came of a try. */
  private sealed interface Attempt {
    /** It is this person. */
    record Right(Subject person) implements Attempt {}

    /** It is not, or nobody looked. */
    record Wrong(LoginFault fault) implements Attempt {}
  }

  /** Equal for all names, whether or not there is such an account. */
  private Attempt attempt(Credentials typed, String address, Instant now) {
    if (typed.username().isEmpty() || typed.password().isEmpty()) {
      return new Attempt.Wrong(new LoginFault.Missing());
    }
    Optional<Duration> wait = throttle.begin(typed.username(), address, now);
    if (wait.isPresent()) {
      return new Attempt.Wrong(new LoginFault.Throttled(wait.get()));
    }
    Optional<Subject> subject;
    try {
      subject = accounts.authenticate(typed.username(), typed.password());
    } catch (RefusalException busy) {
      throttle.withdrawn(typed.username(), address);
      throw busy;
    }
    subject.ifPresent(_ -> throttle.succeeded(typed.username(), address));
    return subject
        .<Attempt>map(Attempt.Right::new)
        .orElseGet(() -> new Attempt.Wrong(new LoginFault.Wrong()));
  }

  /** Notes the login and returns to the dispatcher, with a session of a fresh identifier. */
  @Enforces({"SP-5.3.2.2-10", "SP-5.3.2.2-11", "OA-16"})
  private HttpResponse loggedIn(OwnInteraction own, Subject person, Instant now) {
    // auth_time is a whole second on the wire; kept so, that every token says the same.
    Login login = new Login(person, now.truncatedTo(ChronoUnit.SECONDS), acr);
    SessionId id = SessionId.random(random);
    sessions.openSession(
        new Session(id.digest(), login, now.plus(sessionLifetime)),
        own.session().map(Session::id),
        now);
    interactions.recordLogin(own.digest(), login, now);
    return Cookies.withSession(HttpResponse.redirect303(urls.interaction(own.id())), id);
  }
}
