package dev.countersign.server.interaction;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.Login;
import dev.countersign.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what comes next. Knows nothing but what it is handed: the same facts give the same step. */
final class Dispatcher {
  private static final Step NOBODY =
      new Step.Answer(OAuthError.LOGIN_REQUIRED, "The person is not logged in");

  private Dispatcher() {}

  /** The next step of an interaction. */
  static Step next(OwnInteraction own, Instant now) {
    return switch (own.permission()) {
      case Permission.Given(PermittedRequest request) -> next(own, request, now);
      case Permission.Withdrawn(OAuthError error, String description) ->
          new Step.Answer(error, description);
    };
  }

  @Enforces({"OA-14", "OA-16"})
  private static Step next(OwnInteraction own, PermittedRequest permitted, Instant now) {
    AuthorizationRequest request = permitted.request();
    // auth_time is a whole second: one made late in it must not be too old as soon as it is made.
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    Optional<Login> made = own.login().filter(login -> serves(login, request, second));
    if (made.filter(login -> !isAbout(login, request)).isPresent()) {
      return new Step.Answer(
          OAuthError.LOGIN_REQUIRED, "Another person logged in than the one asked for");
    }
    Optional<Login> login = made.or(() -> sessionLogin(own, request, now));
    if (login.isEmpty()) {
      return silent(request) ? NOBODY : new Step.LogIn(permitted);
    }
    if (permitted.existing().filter(grant -> !isOf(grant, login.get())).isPresent()) {
      // Nobody sees a silent request: whoever else is logged in, its client learns nothing of it.
      return silent(request)
          ? NOBODY
          : new Step.Answer(
              OAuthError.INVALID_GRANT_ID, "The grant is not of the person who is logged in");
    }
    return decision(own, permitted, login.get());
  }

  /** A grant is changed by the person who gave it, and by nobody else. */
  @Enforces({"GM-5.4-1"})
  private static boolean isOf(Grant grant, Login login) {
    return grant.login().subject().equals(login.subject());
  }

  /**
   * A person is asked, unless they allowed all of it before and the client is content with that.
   * Details are never remembered: each payment is one to look at. Nor is what becomes of a grant:
   * what is remembered of one says nothing of another.
   */
  @Enforces({"OA-14", "RAR-3.1-1", "GM-5.2-4", "GM-5.2-5"})
  private static Step decision(OwnInteraction own, PermittedRequest permitted, Login login) {
    Consent remembered = own.remembered(login.subject());
    Step.Decide decide =
        new Step.Decide(
            permitted,
            login,
            Asks.of(permitted, before(permitted, remembered), own.known(login.subject())));
    // The question that the store asks again as it issues the code: the two must never differ.
    if (permitted.existing().isEmpty()
        && permitted.request().authorizationDetails().isEmpty()
        && remembered.covers(permitted.consent())
        && !permitted.request().prompt().contains(Prompt.CONSENT)) {
      return new Step.Unasked(decide);
    }
    return silent(permitted.request())
        ? new Step.Answer(OAuthError.CONSENT_REQUIRED, "The person has to decide")
        : decide;
  }

  /** What is not new: where a grant is to be changed it is all that the grant is so far. */
  @Enforces({"GM-5.2-4"})
  private static Consent before(PermittedRequest permitted, Consent remembered) {
    return permitted
        .existing()
        .map(
            grant ->
                Consent.to(
                    grant.scope(),
                    grant.resources(),
                    Stream.of(grant.claims().idToken(), grant.claims().userinfo())
                        .flatMap(List::stream)
                        .collect(Collectors.toUnmodifiableSet()),
                    permitted.consent().lasting()))
        .orElse(remembered);
  }

  private static boolean silent(AuthorizationRequest request) {
    return request.prompt().contains(Prompt.NONE);
  }

  /** The session's login, unless the client wants a new one or another person. */
  @Enforces({"OA-14", "OA-15", "OA-16"})
  private static Optional<Login> sessionLogin(
      OwnInteraction own, AuthorizationRequest request, Instant now) {
    if (request.prompt().contains(Prompt.LOGIN)
        || request.prompt().contains(Prompt.SELECT_ACCOUNT)) {
      return Optional.empty();
    }
    boolean always = request.maxAge().filter(Duration::isZero).isPresent();
    return own.session()
        .map(Session::login)
        .filter(login -> !always && serves(login, request, now) && isAbout(login, request));
  }

  /** Whether a login is as recent and as strong as the client wants. */
  @Enforces({"SU-2", "OA-15"})
  private static boolean serves(Login login, AuthorizationRequest request, Instant now) {
    return recent(login, request, now) && request.allows(login.acr());
  }

  /**
   * Whether a login is as recent as the client wants; at {@code max_age} it still is. {@code
   * max_age=0} wants one made in this very interaction, however long the person then reads.
   */
  @Enforces("OA-15")
  private static boolean recent(Login login, AuthorizationRequest request, Instant now) {
    return request
        .maxAge()
        .filter(age -> !age.isZero())
        .map(age -> !login.authTime().plus(age).isBefore(now))
        .orElse(true);
  }

  /** Whether it is a person that the client wants an answer about. */
  private static boolean isAbout(Login login, AuthorizationRequest request) {
    return request.claims().map(claims -> claims.allows(login.subject())).orElse(true);
  }
}
