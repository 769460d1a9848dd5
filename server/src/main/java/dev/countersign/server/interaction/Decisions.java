package dev.countersign.server.interaction;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantVersion;
import dev.countersign.store.Interactions;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.Interactions.UnaskedDecision;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewConsent;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ends an interaction: takes the request, once, and sends the person back to the client. */
public final class Decisions {
  private final Interactions interactions;
  private final InteractionUrls urls;
  private final Duration codeLifetime;
  private final Duration consentLifetime;
  private final SecureRandom random;

  /**
   * Decisions of people and the codes that come of them.
   *
   * @param codeLifetime of a code, at most 60 s
   * @param consentLifetime how long a yes is remembered
   */
  public Decisions(
      Interactions interactions,
      InteractionUrls urls,
      Duration codeLifetime,
      Duration consentLifetime,
      SecureRandom random) {
    this.interactions = interactions;
    this.urls = urls;
    this.codeLifetime = codeLifetime;
    this.consentLifetime = consentLifetime;
    this.random = random;
  }

  /**
   * The person allows it: a code goes to the client, and the person is not asked it again.
   *
   * @param details those of the request, with what the person chose
   */
  @Enforces({"SP-5.3.2.1-11", "SP-5.3.2.2-N3", "SP-5.4.1-4", "RAR-7.1-1"})
  HttpResponse yes(
      OwnInteraction own, Step.Decide step, AuthorizationDetails details, Instant now) {
    AuthorizationCode code = AuthorizationCode.random(random);
    NewConsent consent = new NewConsent(step.request().consent(), now.plus(consentLifetime));
    return switch (interactions.issueCode(
        own.digest(), issued(code, step, details, now), consent, now)) {
      case Decision.Taken() -> own.redirect().success(code);
      case Decision.Gone() -> throw answered();
    };
  }

  /**
   * The person allowed all of it before: a code goes to the client. If that was revoked a moment
   * ago, the dispatcher is asked again.
   */
  @Enforces({"SP-5.3.2.1-11", "SP-5.3.2.2-N3", "SP-5.4.1-4"})
  HttpResponse unasked(OwnInteraction own, Step.Unasked step, Instant now) {
    AuthorizationCode code = AuthorizationCode.random(random);
    Step.Decide decision = step.decision();
    UnaskedDecision outcome =
        interactions.issueCodeUnasked(
            own.digest(),
            issued(code, decision, AuthorizationDetails.NONE, now),
            decision.request().consent(),
            now);
    return switch (outcome) {
      case UnaskedDecision.Taken() -> own.redirect().success(code);
      case UnaskedDecision.Gone() -> throw answered();
      case UnaskedDecision.Forgotten() -> HttpResponse.redirect303(urls.interaction(own.id()));
    };
  }

  /**
   * What is allowed now, under a name of its own, or that of the grant which it changes and with
   * the version in which the person saw it.
   */
  @Enforces({"GM-5.2-3", "GM-5.3-1", "GM-5.5-2", "GM-9-1"})
  private IssuedCode issued(
      AuthorizationCode code, Step.Decide step, AuthorizationDetails details, Instant now) {
    PermittedRequest permitted = step.request();
    Optional<Grant> existing = permitted.existing();
    Grant grant =
        new Grant(
            existing.map(Grant::id).orElseGet(() -> GrantId.random(random)),
            permitted.client().id(),
            step.login(),
            permitted.audience().scope(),
            permitted.audience().resources(),
            permitted.claims(),
            details,
            now,
            now,
            existing.map(Grant::version).orElse(GrantVersion.FIRST));
    return new IssuedCode(
        code.digest(),
        permitted.request(),
        grant,
        permitted.consent().lasting(),
        now.plus(codeLifetime));
  }

  /** The person does not allow it, or nothing can be shown: an error goes to the client. */
  HttpResponse no(OwnInteraction own, OAuthError error, String description, Instant now) {
    return switch (interactions.refuse(own.digest(), now)) {
      case Decision.Taken() -> own.redirect().failure(error, description);
      case Decision.Gone() -> throw answered();
    };
  }

  /** Another tab was faster. */
  private static RefusalException answered() {
    return Trouble.OVER.refusal("SP-5.3.2.2-N3").exception();
  }
}
