package dev.countersign.server.interaction;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.store.Login;
import dev.countersign.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says what comes next. Knows nothing but what it is handed: the same facts give the same step. */
final class Dispatcher {
  private Dispatcher() {}

  /** The next step of an interaction. */
  static Step next(OwnInteraction own, Instant now) {
    return switch (own.permission()) {
      case Permission.Given(PermittedRequest request) -> next(own, request, now);
      case Permission.Withdrawn(OAuthError error, String description) ->
          new Step.Answer(error, description);
    };
  }

  @Enforces({"OA-14"})
  private static Step next(OwnInteraction own, PermittedRequest permitted, Instant now) {
    boolean silent = permitted.request().prompt().contains(Prompt.NONE);
    Optional<Login> login =
        own.login()
            .filter(made -> recent(made, permitted.request(), now))
            .or(() -> sessionLogin(own, permitted.request(), now));
    if (login.isEmpty()) {
      return silent
          ? new Step.Answer(OAuthError.LOGIN_REQUIRED, "The person is not logged in")
          : new Step.LogIn(permitted);
    }
    return silent
        ? new Step.Answer(OAuthError.CONSENT_REQUIRED, "The person has to decide")
        : new Step.Decide(permitted, login.get());
  }

  /** The session's login, unless the client wants a new one. At {@code max_age} it still counts. */
  @Enforces({"OA-14", "OA-15"})
  private static Optional<Login> sessionLogin(
      OwnInteraction own, AuthorizationRequest request, Instant now) {
    if (request.prompt().contains(Prompt.LOGIN)
        || request.prompt().contains(Prompt.SELECT_ACCOUNT)) {
      return Optional.empty();
    }
    boolean always = request.maxAge().filter(Duration::isZero).isPresent();
    return own.session()
        .map(Session::login)
        .filter(login -> !always && recent(login, request, now));
  }

  /**
   * Whether a login is as recent as the client wants. {@code max_age=0} wants one made in this very
   * interaction, however long the person then reads.
   */
  @Enforces("OA-15")
  private static boolean recent(Login login, AuthorizationRequest request, Instant now) {
    return request
        .maxAge()
        .filter(age -> !age.isZero())
        .map(age -> !login.authTime().plus(age).isBefore(now))
        .orElse(true);
  }
}
