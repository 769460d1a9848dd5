package dev.countersign.server.browser;

import java.util.List;
import java.util.Optional;

/** What a page shows. Plain text throughout: the templates escape it. */
public sealed interface Page {

  /** The template that shows it. */
  String template();

  /**
   * Username and password.
   *
   * @param clientName who wants the person to log in
   * @param action where the form goes
   * @param interaction identifier of the interaction
   * @param token token of the form
   * @param username what to show in the field
   * @param failed whether the last try was wrong
   */
  record Login(
      String clientName,
      String action,
      String interaction,
      String token,
      Optional<String> username,
      boolean failed)
      implements Page {
    @Override
    public String template() {
      return "login.jte";
    }

    @Override
    public String toString() {
      return "Login";
    }
  }

  /**
   * What a client asks for.
   *
   * @param clientName who asks
   * @param redirectHost where the answer goes
   * @param action where the form goes
   * @param interaction identifier of the interaction
   * @param token token of the form
   * @param person who is logged in
   * @param asks what is asked for, a sentence each
   * @param resources where it may be used
   * @param lasting whether access goes on until it is ended
   */
  record Consent(
      String clientName,
      String redirectHost,
      String action,
      String interaction,
      String token,
      String person,
      List<String> asks,
      List<String> resources,
      boolean lasting)
      implements Page {
    /** Copies the lists. */
    public Consent {
      asks = List.copyOf(asks);
      resources = List.copyOf(resources);
    }

    @Override
    public String template() {
      return "consent.jte";
    }

    @Override
    public String toString() {
      return "Consent";
    }
  }

  /**
   * The end of a login in this browser.
   *
   * @param state what there is to say
   * @param action where the form goes
   */
  record Logout(State state, String action) implements Page {

    /** Who is logged in. */
    public sealed interface State {

      /**
       * A person, who may log out.
       *
       * @param person who
       * @param token token of the form
       */
      record Somebody(String person, String token) implements State {
        @Override
        public String toString() {
          return "Somebody";
        }
      }

      /** A person was, until a moment ago. */
      record Done() implements State {}

      /** Nobody. */
      record Nobody() implements State {}
    }

    @Override
    public String template() {
      return "logout.jte";
    }
  }

  /**
   * Something cannot go on.
   *
   * @param message public text of a refusal
   */
  record Failure(String message) implements Page {
    @Override
    public String template() {
      return "error.jte";
    }
  }
}
