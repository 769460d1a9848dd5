package dev.countersign.server.browser;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.server.details.ShownDetail;
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
   * @param reason what the person logs in for
   * @param action where the form goes
   * @param token token of the form
   * @param username what to show in the field
   * @param fault what was wrong with the last try
   */
  record Login(
      Reason reason,
      String action,
      String token,
      Optional<String> username,
      Optional<LoginFault> fault)
      implements Page {

    /** What a person logs in for. */
    public sealed interface Reason {

      /**
       * A client wants them to, and can be told that they do not want to.
       *
       * @param name its name
       * @param interaction identifier of the interaction
       */
      record Client(String name, String interaction) implements Reason {
        @Override
        public String toString() {
          return "Client";
        }
      }

      /** They want to see whom they allowed what. */
      record MyGrants() implements Reason {}
    }

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
   * @param mark whether it is new or was allowed before, where that tells it from others
   */
  record Ask(String text, Optional<String> mark) {}

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
   * A form that brings a signed answer back to the client, by itself where scripts run.
   *
   * @param clientName to whom
   * @param action the redirect URI
   * @param response the answer, a JWT
   */
  record FormPost(String clientName, String action, String response) implements Page {
    /** All that the page runs; its policy allows this text alone. */
    public static final String SCRIPT = "document.forms[0].submit()";

    @Override
    public String template() {
      return "form-post.jte";
    }

    @Override
    public String toString() {
      return "FormPost";
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
   * What a person allowed clients.
   *
   * @param person who is logged in
   * @param notice what became of the last click
   * @param holders who may do something, by name; some of them where there are many
   * @param first where the first part is, if this is another
   * @param next where the next part is, if there is one
   */
  record MyGrants(
      String person,
      Optional<Notice> notice,
      List<Holder> holders,
      Optional<String> first,
      Optional<String> next)
      implements Page {
    /** Copies the list. */
    public MyGrants {
      holders = List.copyOf(holders);
    }

    @Override
    public String template() {
      return "my-grants.jte";
    }

    @Override
    public String toString() {
      return "MyGrants";
    }
  }

  /**
   * What became of a click.
   *
   * @param done whether something was ended by it
   * @param text the sentences for it
   */
  record Notice(boolean done, List<String> text) {
    /** Copies the list. */
    public Notice {
      text = List.copyOf(text);
    }
  }

  /**
   * A client that may do something.
   *
   * @param name what people call it
   * @param note what to say of one that registered itself, or is registered no longer
   * @param grants what it may do, as often as it was allowed something
   */
  record Holder(String name, Optional<String> note, List<Access> grants) {
    private static final int SHOWN = 3;

    /** Copies the list. */
    public Holder {
      grants = List.copyOf(grants);
    }

    /** The first ones, which everybody sees. */
    public List<Access> shown() {
      return grants.subList(0, Math.min(SHOWN, grants.size()));
    }

    /** The others, for those who want to: a client may have one for each login. */
    public List<Access> folded() {
      return grants.subList(Math.min(SHOWN, grants.size()), grants.size());
    }
  }

  /**
   * What a person allowed a client at one time.
   *
   * @param allows a sentence for each part
   * @param details what is allowed in detail
   * @param resources where
   * @param given when
   * @param changed when it was last changed, if it was
   * @param used when its client last came for a token
   * @param howLong until when, or what ends it
   * @param end where it can be ended
   */
  record Access(
      List<String> allows,
      List<ShownDetail> details,
      List<String> resources,
      String given,
      Optional<String> changed,
      String used,
      String howLong,
      String end) {
    /** Copies the lists. */
    public Access {
      allows = List.copyOf(allows);
      details = List.copyOf(details);
      resources = List.copyOf(resources);
    }

    @Override
    public String toString() {
      return "Access";
    }
  }

  /**
   * Whether it shall really end.
   *
   * @param holder whose access
   * @param access to what
   * @param grant identifier of the grant
   * @param action where the form goes
   * @param token token of the form
   */
  record EndGrant(String holder, Access access, String grant, String action, String token)
      implements Page {
    @Override
    public String template() {
      return "end-grant.jte";
    }

    @Override
    public String toString() {
      return "EndGrant";
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
