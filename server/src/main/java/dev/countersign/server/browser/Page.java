package dev.countersign.server.browser;

import dev.countersign.protocol.http.FapiInteractionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

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
   * @param fault what was wrong with the last try
   */
  record Login(
      String clientName,
      String action,
      String interaction,
      String token,
      Optional<String> username,
      Optional<LoginFault> fault)
      implements Page {
    /** Whether what was typed is wrong, so that the fields are marked. */
    public boolean mistyped() {
      return fault
          .filter(wrong -> wrong instanceof LoginFault.Wrong || wrong instanceof LoginFault.Missing)
          .isPresent();
    }

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
   * A part of what a client asks for.
   *
   * @param text the sentence for it
   * @param before whether it was allowed before, where other parts are new
   */
  record Ask(String text, boolean before) {}

  /**
   * What a client asks for.
   *
   * @param clientName who asks
   * @param unchecked what to say of a client that registered itself; empty for any other
   * @param redirectHost where the answer goes
   * @param logout where somebody else can log out
   * @param action where the form goes
   * @param interaction identifier of the interaction
   * @param token token of the form
   * @param person who is logged in
   * @param asks what is asked for, part by part
   * @param parts details that are asked for, each in a section
   * @param existing what of that kind the client may do already
   * @param resources where it may be used
   * @param howLong how long the access lasts
   */
  record Consent(
      String clientName,
      Optional<String> unchecked,
      String redirectHost,
      String logout,
      String action,
      String interaction,
      String token,
      String person,
      List<Ask> asks,
      List<ConsentPart> parts,
      Optional<ConsentPart.Existing> existing,
      List<String> resources,
      String howLong)
      implements Page {
    /** Copies the lists. */
    public Consent {
      asks = List.copyOf(asks);
      parts = List.copyOf(parts);
      resources = List.copyOf(resources);
    }

    /** Whether something is wrong with what was picked. */
    public boolean faulty() {
      return firstFault().isPresent();
    }

    /** The place of the first part in which it is. */
    public OptionalInt firstFault() {
      return IntStream.range(0, parts.size())
          .filter(at -> parts.get(at).choosing().filter(one -> one.fault().isPresent()).isPresent())
          .findFirst();
    }

    /** Whether there is nothing to pick where something is to be picked. */
    public boolean impossible() {
      return parts.stream()
          .flatMap(part -> part.choosing().stream())
          .anyMatch(choosing -> choosing.options().isEmpty());
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
   * @param trouble what to tell the person
   * @param technical the public text of the refusal, for the makers of the client; empty where the
   *     person's words say it all
   * @param reference where to find it in the log
   */
  record Failure(Trouble trouble, Optional<String> technical, FapiInteractionId reference)
      implements Page {
    @Override
    public String template() {
      return "error.jte";
    }
  }
}
