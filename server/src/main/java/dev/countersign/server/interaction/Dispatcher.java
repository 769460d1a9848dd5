package dev.countersign.server.interaction;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.Login;
import dev.countersign.store.Session;
import java.time.Instant;
import java.util.Optional;

/** Says what comes next. Knows nothing but what it is handed: the same facts give the same step. */
final class Dispatcher {
  private Dispatcher() {}

  /** The next step of an interaction. */
  @Enforces({"OA-14", "OA-15"})
  static Step next(OwnInteraction own, Instant now) {
    AuthorizationRequest request = own.permitted().request();
    boolean silent = request.prompt().contains(Prompt.NONE);
    Optional<Login> login = own.interaction().login().or(() -> sessionLogin(own, now));
    if (login.isEmpty()) {
      return silent
          ? new Step.Answer(OAuthError.LOGIN_REQUIRED, "The person is not logged in")
          : new Step.LogIn();
    }
    return silent
        ? new Step.Answer(OAuthError.CONSENT_REQUIRED, "The person has to decide")
        : new Step.Decide(login.get());
  }

  /** The session's login, unless the client wants a new one. */
  private static Optional<Login> sessionLogin(OwnInteraction own, Instant now) {
    AuthorizationRequest request = own.permitted().request();
    if (request.prompt().contains(Prompt.LOGIN)
        || request.prompt().contains(Prompt.SELECT_ACCOUNT)) {
      return Optional.empty();
    }
    return own.session()
        .map(Session::login)
        .filter(
            login ->
                request
                    .maxAge()
                    .filter(age -> !age.isZero())
                    .map(age -> !login.authTime().plus(age).isBefore(now))
                    .orElse(request.maxAge().isEmpty()));
  }
}
