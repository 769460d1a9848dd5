package dev.countersign.server.interaction;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.authorize.ValidatedRedirect;
import dev.countersign.server.browser.BrowserKey;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionId;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.par.RequestPolicy;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Interaction;
import dev.countersign.store.Interactions;
import dev.countersign.store.Session;
import dev.countersign.store.Sessions;
import java.time.Instant;
import java.util.Optional;

/** Lets a request into an interaction only from the browser in which the interaction began. */
public final class Gate {
  private final Interactions interactions;
  private final Sessions sessions;
  private final Accounts accounts;
  private final Clients clients;
  private final RequestPolicy policy;
  private final Issuer issuer;

  /** A gate to all interactions of this server. */
  public Gate(
      Interactions interactions,
      Sessions sessions,
      Accounts accounts,
      Clients clients,
      RequestPolicy policy,
      Issuer issuer) {
    this.interactions = interactions;
    this.sessions = sessions;
    this.accounts = accounts;
    this.clients = clients;
    this.policy = policy;
    this.issuer = issuer;
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
        interactions.findInteraction(id.digest(), now).orElseThrow(Gate::over);
    BrowserKey browser =
        Cookies.browser(request.headers())
            .filter(key -> key.digest().equals(interaction.browser()))
            .orElseThrow(Gate::otherBrowser);
    AuthorizationRequest asked = interaction.request().request();
    log.client(asked.clientId());
    RegisteredClient client = clients.find(asked.clientId()).orElseThrow(Gate::over);
    ValidatedRedirect redirect = ValidatedRedirect.of(client, asked, issuer);
    Optional<Session> session =
        Cookies.session(request.headers())
            .flatMap(cookie -> sessions.findSession(cookie.digest(), now))
            .filter(found -> accounts.knows(found.login().subject()));
    return new Own(
        interaction,
        id,
        browser,
        permission(client, asked),
        redirect,
        interaction.login().filter(login -> accounts.knows(login.subject())),
        session);
  }

  @Enforces({"PAR-13", "OA-2"})
  private Permission permission(RegisteredClient client, AuthorizationRequest asked) {
    try {
      return new Permission.Given(policy.permit(client, asked));
    } catch (RefusalException e) {
      return switch (e.refusal()) {
        case Refusal.OAuth refusal ->
            new Permission.Withdrawn(refusal.error(), refusal.description());
        case Refusal.Http _ -> throw e;
      };
    }
  }

  /** Whether the form was shown to this browser for this step; if not, it is shown again. */
  static boolean isFormOf(OwnInteraction own, Step step, Form form) {
    return token(form).filter(own.formToken(step)::equals).isPresent();
  }

  private static Optional<FormToken> token(Form form) {
    try {
      return form.value("token").map(FormToken::new);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static InteractionId id(Form form) {
    try {
      return new InteractionId(form.required("interaction"));
    } catch (IllegalArgumentException notOurs) {
      throw over();
    }
  }

  private static RefusalException over() {
    return Trouble.OVER.refusal("PAR-8").exception();
  }

  private static RefusalException otherBrowser() {
    return Trouble.OTHER_BROWSER.refusal("SP-5.3.2.2-N3").exception();
  }
}
