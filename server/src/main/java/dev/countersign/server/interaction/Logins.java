package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.LoginFault;
import dev.countersign.server.browser.SessionId;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Login;
import dev.countersign.store.Session;
import dev.countersign.store.Sessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Logins of people: who is logged in with a browser, and what comes of a name and a password. The
 * same for a client's request and for the server's own pages: one throttle, one session. Safe for
 * any number of threads.
 */
public final class Logins {
  private final Accounts accounts;
  private final LoginThrottle throttle;
  private final Sessions sessions;
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
  public Logins(
      Accounts accounts,
      LoginThrottle throttle,
      Sessions sessions,
      Duration sessionLifetime,
      Optional<String> acr,
      Consumer<LoginOutcome> outcomes,
      SecureRandom random) {
    this.accounts = accounts;
    this.throttle = throttle;
    this.sessions = sessions;
    this.sessionLifetime = sessionLifetime;
    this.acr = acr;
    this.outcomes = outcomes;
    this.random = random;
  }

  /** The login session of the browser, while it lasts and its person has an account. */
  public Optional<Session> session(HttpRequest request, Instant now) {
    return Cookies.session(request.headers())
        .flatMap(cookie -> sessions.findSession(cookie.digest(), now))
        .filter(found -> accounts.knows(found.login().subject()));
  }

  /** What came of a try. */
  public sealed interface Attempt {
    /**
     * The person is logged in.
     *
     * @param login who, when and how
     * @param session for the browser
     */
    record LoggedIn(Login login, SessionId session) implements Attempt {}

    /**
     * Nobody is logged in by it.
     *
     * @param username what was typed; empty if nothing was
     * @param fault why
     */
    record Failed(Optional<String> username, LoginFault fault) implements Attempt {
      @Override
      public String toString() {
        return "Failed";
      }
    }
  }

  /**
   * Tries the name and password of a form that was shown to this browser. If they are right, a
   * session of a fresh identifier is open when this returns, and the one of before is ended.
   *
   * @throws RefusalException 429 when too many try at once
   */
  @Enforces({"SP-5.3.2.2-10", "SP-5.3.2.2-11", "OA-16"})
  public Attempt attempt(Form form, HttpRequest request, Instant now, RequestLog log) {
    Credentials typed =
        new Credentials(form.value("username").orElse(""), form.value("password").orElse(""));
    return switch (check(typed, request.remoteAddress(), now)) {
      case Checked.Right(Subject person) -> {
        outcomes.accept(LoginOutcome.SUCCEEDED);
        // auth_time is a whole second on the wire; kept so, that every token says the same.
        Login login = new Login(person, now.truncatedTo(ChronoUnit.SECONDS), acr);
        yield new Attempt.LoggedIn(login, opened(login, request, now));
      }
      case Checked.Wrong(LoginFault fault) -> {
        log.detail(fault.detail());
        outcomes.accept(LoginOutcome.of(fault));
        yield new Attempt.Failed(
            Optional.of(typed.username()).filter(name -> !name.isEmpty()), fault);
      }
    };
  }

  private SessionId opened(Login login, HttpRequest request, Instant now) {
    SessionId id = SessionId.random(random);
    sessions.openSession(
        new Session(id.digest(), login, now.plus(sessionLifetime)),
        Cookies.session(request.headers()).map(SessionId::digest),
        now);
    return id;
  }

  /** What was typed. */
  private record Credentials(String username, String password) {
    @Override
    public String toString() {
      return "Credentials";
    }
  }

  /** What came of a look at the password. */
  private sealed interface Checked {
    /** It is this person. */
    record Right(Subject person) implements Checked {}

    /** It is not, or nobody looked. */
    record Wrong(LoginFault fault) implements Checked {}
  }

  /** Equal for all names, whether or not there is such an account. */
  private Checked check(Credentials typed, String address, Instant now) {
    if (typed.username().isEmpty() || typed.password().isEmpty()) {
      return new Checked.Wrong(new LoginFault.Missing());
    }
    Optional<Duration> wait = throttle.begin(typed.username(), address, now);
    if (wait.isPresent()) {
      return new Checked.Wrong(new LoginFault.Throttled(wait.get()));
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
        .<Checked>map(Checked.Right::new)
        .orElseGet(() -> new Checked.Wrong(new LoginFault.Wrong()));
  }
}
