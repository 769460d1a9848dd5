package dev.countersign.server.interaction;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.store.Login;

/** What an interaction needs next. */
sealed interface Step {

  /** What the form of this step is for: the part of its token that tells steps apart. */
  String purpose();

  /** The person has to log in. */
  record LogIn() implements Step {
    @Override
    public String purpose() {
      return "login";
    }
  }

  /**
   * The person has to decide.
   *
   * @param login who decides: a form shown to one person is not taken from another
   */
  record Decide(Login login) implements Step {
    @Override
    public String purpose() {
      return "decide:" + login.subject().value();
    }
  }

  /**
   * The client said that no page may be shown, and one is needed.
   *
   * @param error what it gets
   * @param description constant text
   */
  record Answer(OAuthError error, String description) implements Step {
    @Override
    public String purpose() {
      return "answer";
    }
  }
}
