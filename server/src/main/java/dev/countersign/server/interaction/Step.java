package dev.countersign.server.interaction;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.store.Login;

/** What an interaction needs next. */
sealed interface Step {

  /** What the form of this step is for: the part of its token that tells steps apart. */
  String purpose();

  /**
   * The person has to log in.
   *
   * @param request what for
   */
  record LogIn(PermittedRequest request) implements Step {
    @Override
    public String purpose() {
      return "login";
    }
  }

  /**
   * The person has to decide. A form counts only for the person it was shown to and for what it
   * showed: a registration that changed since must not widen a yes.
   *
   * @param request about what
   * @param login who decides
   * @param asks its parts, and which of them are new
   */
  record Decide(PermittedRequest request, Login login, Asks asks) implements Step {
    @Override
    public String purpose() {
      String lasting = request.consent().lasting() ? ":lasting:" : ":";
      return "decide:" + login.subject().value() + lasting + asks.text();
    }
  }

  /**
   * The client can be given what it asks for: the person allowed all of it before. A form about it
   * may still come from a page that was shown earlier, and counts.
   *
   * @param decision what the person would be asked
   */
  record Unasked(Decide decision) implements Step {
    @Override
    public String purpose() {
      return decision.purpose();
    }
  }

  /**
   * The client has to be told: a page is needed and it said that none may be shown, or it may not
   * ask for that any more.
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
