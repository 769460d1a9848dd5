package dev.countersign.server.browser;

import dev.countersign.edge.HttpResponse;
import dev.countersign.server.text.Message;
import dev.countersign.server.text.Wording;
import java.time.Duration;

/** Why a try to log in did not succeed, as far as a person may learn it. */
public sealed interface LoginFault {

  /** The sentence for it. */
  default String say(Wording wording) {
    return switch (this) {
      case Missing() -> wording.say(Message.LOGIN_MISSING);
      case Wrong() -> wording.say(Message.LOGIN_WRONG);
      case Throttled(Duration left) -> wording.say(Message.LOGIN_THROTTLED, wording.period(left));
    };
  }

  /** What the log may know of it. */
  default String detail() {
    return switch (this) {
      case Missing() -> "login incomplete";
      case Wrong() -> "login failed";
      case Throttled(Duration _) -> "login throttled";
    };
  }

  /** The status of the page that says so. */
  default int status() {
    return this instanceof Throttled ? 429 : 200;
  }

  /** The page that says so, with the time to wait if there is one (RFC 6585 section 4). */
  default HttpResponse on(HttpResponse page) {
    return switch (this) {
      case Throttled(Duration left) -> page.with("Retry-After", Long.toString(left.toSeconds()));
      case Missing(), Wrong() -> page;
    };
  }

  /** A field was left empty. */
  record Missing() implements LoginFault {}

  /** No such name, or not its password: nobody learns which. */
  record Wrong() implements LoginFault {}

  /**
   * There were too many failures; the password was not looked at.
   *
   * @param left until the next try will be looked at
   */
  record Throttled(Duration left) implements LoginFault {}
}
