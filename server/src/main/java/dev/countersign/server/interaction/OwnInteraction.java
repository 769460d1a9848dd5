package dev.countersign.server.interaction;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.authorize.ValidatedRedirect;
import dev.countersign.server.browser.FormToken;
import dev.countersign.server.browser.InteractionId;
import dev.countersign.store.Consent;
import dev.countersign.store.Interaction;
import dev.countersign.store.Login;
import dev.countersign.store.Session;
import java.util.Optional;

/**
 * An interaction that goes on in the browser in which it began, with a way back to the client. Only
 * {@link Gate} makes one.
 */
sealed interface OwnInteraction permits Own {

  /** What the store knows of it. */
  Interaction interaction();

  /** Its identifier, for the pages. */
  InteractionId id();

  /** What is asked for, if the client still may. */
  Permission permission();

  /** The way back. */
  ValidatedRedirect redirect();

  /** The login made within this interaction, while its person is the one of the session. */
  Optional<Login> login();

  /** The login session of this browser, while it lasts and the person has an account. */
  Optional<Session> session();

  /** What a person who is logged in allowed the client before. */
  Consent remembered(Subject person);

  /** What must be known to ask a person who is logged in about details. */
  Known known(Subject person);

  /** The token of the form of a step, which fits no other step, interaction or browser. */
  FormToken formToken(Step step);

  /** Digest of the interaction's identifier. */
  default SecretDigest digest() {
    return interaction().id();
  }
}
