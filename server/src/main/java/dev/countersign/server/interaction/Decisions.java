package dev.countersign.server.interaction;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.issue.Audience;
import dev.countersign.store.Grant;
import dev.countersign.store.Interactions;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.IssuedCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** Ends an interaction: takes the request, once, and sends the person back to the client. */
public final class Decisions {
  private final Interactions interactions;
  private final Duration codeLifetime;
  private final SecureRandom random;

  /** Decisions whose codes last {@code codeLifetime}, at most 60 s. */
  public Decisions(Interactions interactions, Duration codeLifetime, SecureRandom random) {
    this.interactions = interactions;
    this.codeLifetime = codeLifetime;
    this.random = random;
  }

  /** The person allows it: a code goes to the client. */
  @Enforces({"SP-5.3.2.1-11", "SP-5.3.2.2-N3", "SP-5.4.1-4"})
  HttpResponse yes(OwnInteraction own, Step.Decide step, Instant now) {
    AuthorizationCode code = AuthorizationCode.random(random);
    Audience audience = step.request().audience();
    Grant grant =
        new Grant(
            GrantId.random(random),
            step.request().client().id(),
            step.login(),
            audience.scope(),
            audience.resources(),
            now);
    IssuedCode issued =
        new IssuedCode(code.digest(), step.request().request(), grant, now.plus(codeLifetime));
    return switch (interactions.issueCode(own.digest(), issued, now)) {
      case Decision.Taken taken -> own.redirect().success(code);
      case Decision.Gone gone -> throw answered();
    };
  }

  /** The person does not allow it, or nothing can be shown: an error goes to the client. */
  HttpResponse no(OwnInteraction own, OAuthError error, String description, Instant now) {
    return switch (interactions.refuse(own.digest(), now)) {
      case Decision.Taken taken -> own.redirect().failure(error, description);
      case Decision.Gone gone -> throw answered();
    };
  }

  /** Another tab was faster. */
  private static RefusalException answered() {
    return Trouble.OVER.refusal("SP-5.3.2.2-N3").exception();
  }
}
