package dev.countersign.server.interaction;

import dev.countersign.server.browser.LoginFault;

/** What came of a try to log in, as it is counted. */
public enum LoginOutcome {
  /** The person is logged in. */
  SUCCEEDED,
  /** No such name, or not its password. */
  FAILED,
  /** Too many failures before; nobody looked at the password. */
  THROTTLED,
  /** A field was left empty. */
  INCOMPLETE;

  static LoginOutcome of(LoginFault fault) {
    return switch (fault) {
      case LoginFault.Wrong() -> FAILED;
      case LoginFault.Throttled _ -> THROTTLED;
      case LoginFault.Missing() -> INCOMPLETE;
    };
  }
}
