package dev.countersign.server.interaction;

import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.authorize.ValidatedRedirect;
import dev.countersign.server.browser.BrowserKey;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionId;
import dev.countersign.store.Consent;
import dev.countersign.store.Interaction;
import dev.countersign.store.Login;
import dev.countersign.store.Session;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The one form of {@link OwnInteraction}. */
record Own(
    Interaction interaction,
    InteractionId id,
    BrowserKey browser,
    Permission permission,
    ValidatedRedirect redirect,
    Optional<Login> login,
    Optional<Session> session,
    Map<Subject, Consent> consents,
    Function<Subject, Known> knowledge)
    implements OwnInteraction {

  @Override
  public Consent remembered(Subject person) {
    return consents.getOrDefault(person, Consent.NONE);
  }

  @Override
  public Known known(Subject person) {
    return knowledge.apply(person);
  }

  @Override
  public FormToken formToken(Step step) {
    return browser.formToken(step.purpose() + ":" + id.reveal());
  }
}
