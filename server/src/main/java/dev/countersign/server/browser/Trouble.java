package dev.countersign.server.browser;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.server.text.Message;
import java.util.Arrays;

/**
 * What a person can be told when something cannot go on. A page finds its words by the refusal's
 * public text, which is a constant of ours; nothing of the request comes into it.
 */
public enum Trouble {
  /** The interaction expired, or was decided in another tab. */
  OVER(
      "This page is over: its time is up or it was answered before",
      Message.OVER_HEADING,
      Message.OVER_TEXT,
      Message.NEXT_START_AGAIN),

  /** The pushed request is not there. */
  UNKNOWN_REQUEST(
      "This request is unknown, expired or already answered",
      Message.UNKNOWN_HEADING,
      Message.UNKNOWN_TEXT,
      Message.NEXT_START_AGAIN),

  /** The pushed request has as many interactions as it may have. */
  TOO_OFTEN(
      "This request was opened too often",
      Message.UNKNOWN_HEADING,
      Message.UNKNOWN_TOO_OFTEN,
      Message.NEXT_START_AGAIN),

  /** The interaction began in another browser. */
  OTHER_BROWSER(
      "This page belongs to another browser, or cookies are blocked",
      Message.ELSEWHERE_HEADING,
      Message.ELSEWHERE_TEXT,
      Message.NEXT_SAME_BROWSER),

  /** The client sent the person here with a request in the address. */
  NOT_PUSHED(
      "The application must push its request first",
      Message.APPLICATION_HEADING,
      Message.APPLICATION_NOT_PUSHED,
      Message.NEXT_TELL_APPLICATION),

  /** The redirect URI is not, or no longer, registered. */
  UNKNOWN_ADDRESS(
      "The application gave an address we do not know",
      Message.APPLICATION_HEADING,
      Message.APPLICATION_ADDRESS,
      Message.NEXT_TELL_APPLICATION),

  /** No turn was free to look at the password. */
  BUSY(
      "Too many people log in at the moment. Please try again",
      Message.BUSY_HEADING,
      Message.BUSY_TEXT,
      Message.NEXT_GO_BACK),

  /** Whatever else is wrong with the request. */
  UNREADABLE(
      "The request could not be understood",
      Message.UNREADABLE_HEADING,
      Message.UNREADABLE_TEXT,
      Message.NEXT_START_AGAIN),

  /** Whatever is wrong on our side. */
  BROKEN(
      "Something went wrong on our side",
      Message.BROKEN_HEADING,
      Message.BROKEN_TEXT,
      Message.NEXT_LATER);

  private final String description;
  private final Message heading;
  private final Message text;
  private final Message next;

  Trouble(String description, Message heading, Message text, Message next) {
    this.description = description;
    this.heading = heading;
    this.text = text;
    this.next = next;
  }

  /** The refusal of a request from a browser that broke this rule. */
  public Refusal refusal(String rule) {
    return this == BUSY
        ? Refusal.http(429, rule, description)
        : Refusal.oauth(OAuthError.INVALID_REQUEST, rule, description);
  }

  /** What to tell a person about a refusal. */
  static Trouble of(Refusal refusal) {
    return Arrays.stream(values())
        .filter(trouble -> trouble.description.equals(refusal.description()))
        .findFirst()
        .orElse(refusal.status() >= 500 ? BROKEN : UNREADABLE);
  }

  /** What happened, in a few words. */
  public Message heading() {
    return heading;
  }

  /** What happened. */
  public Message text() {
    return text;
  }

  /** What to do next. */
  public Message next() {
    return next;
  }
}
