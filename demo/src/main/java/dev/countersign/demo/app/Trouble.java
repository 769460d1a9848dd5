package dev.countersign.demo.app;

import dev.countersign.client.AuthorizationRefused;
import dev.countersign.client.ClientException;
import dev.countersign.client.MetadataFault;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.TransportFault;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong for a person, in words that say what to do. */
enum Trouble {
  DENIED(
      200,
      "Your bank is not connected",
      "You chose not to allow it. Sunny Budget has seen nothing of your accounts.",
      "If you change your mind, connect your bank whenever you like."),
  NOT_YOURS(
      400,
      "This does not fit what you began",
      "An answer of the bank came in, but no connection that waits for it was begun in this"
          + " browser. It may have taken too long, been used before, or been begun in another"
          + " browser.",
      "Begin again in this browser; it takes a minute."),
  NOT_GENUINE(
      400,
      "This answer was not accepted",
      "What came back is not a genuine answer of your bank, so it was thrown away before anything"
          + " was done with it.",
      "Begin again. If it happens a second time, tell your bank."),
  EXPIRED(
      400,
      "That took too long",
      "The bank's answer was no longer good when Sunny Budget used it.",
      "Begin again; it takes a minute."),
  REFUSED(
      502,
      "The bank did not take the request",
      "Nothing was connected and nothing was shared.",
      "Try again in a moment."),
  ENDED(
      403,
      "The connection to your bank has ended",
      "It was ended by you or by your bank. Sunny Budget has forgotten what it knew.",
      "Connect your bank again to go on."),
  NOT_ALLOWED(
      403,
      "Your bank did not allow that",
      "What you agreed to does not cover it.",
      "Disconnect and connect again, and allow all that you want to use."),
  PAYMENT_DENIED(
      200,
      "Nothing was paid",
      "You did not allow this payment at your bank.",
      "If you change your mind, make it again whenever you like."),
  NOT_THIS_PAYMENT(
      400,
      "That was not this payment",
      "What was allowed at the bank is not what you asked for here, or another person allowed it."
          + " Nothing was paid.",
      "Make the payment again."),
  ONCE(
      403,
      "Your bank did not pay a second time",
      "You allowed this payment once, and once it was made. Your yes is used up: nobody can pay by"
          + " it again, Sunny Budget neither.",
      "To pay the same again, make a new payment: your bank will ask you again."),
  PAID_TWICE(
      500,
      "Your bank paid a second time",
      "That must not happen: you allowed this payment once.",
      "Tell your bank, and whoever made this demo."),
  UNAVAILABLE(
      502,
      "The bank does not answer",
      "Sunny Budget could not reach it, or did not understand its answer.",
      "Try again in a moment."),
  FORM(
      403,
      "This page was out of date",
      "The form did not come from a page of your present visit, so nothing was done.",
      "Go back to the start and try again."),
  NO_SUCH_PAGE(404, "There is no such page", "The address leads nowhere.", "Go back to the start."),
  BROKEN(
      500,
      "Something broke on our side",
      "It is our fault and not yours.",
      "Try again in a moment.");

  private final int status;
  private final String title;
  private final String text;
  private final String advice;

  Trouble(int status, String title, String text, String advice) {
    this.status = status;
    this.title = title;
    this.text = text;
    this.advice = advice;
  }

  /**
   * What a step of the client that did not succeed means to the person.
   *
   * @param connected whether the bank is connected, so that what was asked for was a payment
   */
  static Trouble of(ClientException failure, boolean connected) {
    return switch (failure) {
      case AuthorizationRefused refused when refused.error().equals("access_denied") ->
          connected ? PAYMENT_DENIED : DENIED;
      case AuthorizationRefused _ -> REFUSED;
      case ProtocolViolation violation ->
          switch (violation.rule().value()) {
            case "SP-5.3.3.2-4" -> NOT_YOURS;
            case "SP-5.3.3.1-12" -> FORM;
            default -> NOT_GENUINE;
          };
      case ServerRefused refused ->
          refused.error().equals(Optional.of("invalid_grant")) ? EXPIRED : REFUSED;
      case MetadataFault _, TransportFault _ -> UNAVAILABLE;
    };
  }

  /** The trouble whose page has this path. */
  static Optional<Trouble> at(String path) {
    return Arrays.stream(values()).filter(trouble -> trouble.path().equals(path)).findFirst();
  }

  String path() {
    return "/trouble/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int status() {
    return status;
  }

  /** The page that tells of it. */
  Screen.Notice page() {
    return new Screen.Notice(title, text, advice);
  }
}
