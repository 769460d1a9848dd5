package dev.countersign.cli.driver;

import java.util.Locale;

/** The steps of a run, in their order. */
public enum Step {
  /** The metadata of the issuer. */
  DISCOVERY,
  /** The request goes to the server, not to the browser. */
  PUSH,
  /** The browser goes to the authorization endpoint and comes back. */
  AUTHORIZATION,
  /** The answer is checked and redeemed, or the client asks for itself. */
  TOKENS,
  /** What the server tells about the person. */
  USERINFO,
  /** The call of the API. */
  RESOURCE,
  /** A new access token for the same grant. */
  REFRESH;

  /** As a report writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
