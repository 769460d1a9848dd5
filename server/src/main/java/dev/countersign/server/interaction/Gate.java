package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.authorize.ResponseModes;
import dev.countersign.server.authorize.ValidatedRedirect;
import dev.countersign.server.browser.BrowserKey;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionId;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.details.ConsentTemplates;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.server.par.RequestPolicy;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Consent;
import dev.countersign.store.Consents;
import dev.countersign.store.Interaction;
import dev.countersign.store.Interactions;
import dev.countersign.store.Login;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Session;
import dev.countersign.store.Sessions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets a request into an interaction only from the browser in which the interaction began. */
public final class Gate {
  private final Interactions interactions;
  private final Sessions sessions;
  private final Consents consents;
  private final Accounts accounts;
  private final Clients clients;
  private final ConsentTemplates templates;
  private final RequestPolicy policy;
  private final ResponseModes modes;

  /** A gate to all interactions of this server. */
  public Gate(
      Interactions interactions,
      Sessions sessions,
      Consents consents,
      Accounts accounts,
      Clients clients,
      ConsentTemplates templates,
      RequestPolicy policy,
      ResponseModes modes) {
    this.interactions = interactions;
    this.sessions = sessions;
    this.consents = consents;
    this.accounts = accounts;
    this.clients = clients;
    this.templates = templates;
    this.policy = policy;
    this.modes = modes;
  }

  /**
   * The interaction that the form names.
   *
   * @throws RefusalException when it is over, began in another browser, or its client may no longer
   *     be answered where it wants to be
   */
  @Enforces({"PAR-13", "SP-5.3.2.2-N3"})
  OwnInteraction enter(HttpRequest request, Form form, Instant now, RequestLog log) {
    InteractionId id = id(form);
    Interaction interaction =
        interactions
            .findInteraction(id.digest(), now)
            .orElseThrow(() -> over("interaction", "unknown, expired or answered"));
    BrowserKey browser = browser(request, interaction);
    AuthorizationRequest asked = interaction.request().request();
    log.client(asked.clientId());
    RegisteredClient client =
        clients
            .find(asked.clientId())
            .orElseThrow(() -> over("client " + asked.clientId(), "registered no longer"));
    ValidatedRedirect redirect = ValidatedRedirect.of(client, asked, modes, request, now);
    Optional<Session> session =
        Cookies.session(request.headers())
            .flatMap(cookie -> sessions.findSession(cookie.digest(), now))
            .filter(found -> accounts.knows(found.login().subject()));
    Optional<Login> login =
        interaction.login().filter(made -> session.filter(there -> isOf(there, made)).isPresent());
    Permission permission = permission(client, interaction.request(), now, log);
    return new Own(
        interaction,
        id,
        browser,
        permission,
        redirect,
        login,
        session,
        remembered(
            Stream.concat(login.stream(), session.map(Session::login).stream()), client, now),
        person -> new Known(templates, accounts.choices(person), existing(permission)));
  }

  private static BrowserKey browser(HttpRequest request, Interaction interaction) {
    BrowserKey key = Cookies.browser(request.headers()).orElseThrow(() -> otherBrowser("missing"));
    if (!key.digest().equals(interaction.browser())) {
      throw otherBrowser("that of another browser");
    }
    return key;
  }

  /**
   * A login made in an interaction counts while its person is the one who is logged in with this
   * browser: after a logout, or when another person took over, an open page is nobody's.
   */
  private static boolean isOf(Session session, Login made) {
    return session.login().subject().equals(made.subject());
  }

  /** What each of the people who may be asked allowed the client before. */
  private Map<Subject, Consent> remembered(
      Stream<Login> logins, RegisteredClient client, Instant now) {
    return logins
        .map(Login::subject)
        .distinct()
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), person -> consents.findConsent(person, client.id(), now)));
  }

  /** The client is told in a redirect, which is no refusal: only here the log learns why. */
  @Enforces({"PAR-13", "OA-2"})
  private Permission permission(
      RegisteredClient client, PushedRequest pushed, Instant now, RequestLog log) {
    try {
      return new Permission.Given(policy.permit(client, pushed, now));
    } catch (RefusalException e) {
      return switch (e.refusal()) {
        case Refusal.OAuth refusal -> {
          log.withdrawn(refusal);
          yield new Permission.Withdrawn(refusal.error(), refusal.description());
        }
        case Refusal.Http _ -> throw e;
      };
    }
  }

  private static Optional<Known.Existing> existing(Permission permission) {
    return switch (permission) {
      case Permission.Given(PermittedRequest permitted) ->
          permitted
              .existing()
              .map(
                  grant ->
                      new Known.Existing(
                          permitted.request().grantManagement().orElseThrow().action(), grant));
      case Permission.Withdrawn _ -> Optional.empty();
    };
  }

  /** Whether the form was shown to this browser for this step; if not, it is shown again. */
  static boolean isFormOf(OwnInteraction own, Step step, Optional<FormToken> sent) {
    return sent.filter(own.formToken(step)::equals).isPresent();
  }

  private static InteractionId id(Form form) {
    try {
      return new InteractionId(form.required("interaction"));
    } catch (IllegalArgumentException notOurs) {
      throw over("interaction", "malformed");
    }
  }

  private static RefusalException over(String what, String came) {
    return Trouble.OVER
        .refusal("PAR-8")
        .withDetail(Refusal.mismatch(what, came, "one that goes on"))
        .exception();
  }

  private static RefusalException otherBrowser(String came) {
    return Trouble.OTHER_BROWSER
        .refusal("SP-5.3.2.2-N3")
        .withDetail(Refusal.mismatch("the cookie", came, "that of the browser in which it began"))
        .exception();
  }
}
