package dev.countersign.protocol.authorization;

import java.util.Arrays;
import java.util.Optional;

/**
 * How the answer travels back to the client ({@code response_mode}): in the query as it is, or
 * signed (JWT Secured Authorization Response Mode, section 2.3).
 */
public enum ResponseMode {
  /** Plain parameters in the query, the default of the code flow. */
  QUERY("query"),
  /** Signed, in the way that is the default of the response type: here as {@link #QUERY_JWT}. */
  JWT("jwt"),
  /** Signed, as one parameter of the query. */
  QUERY_JWT("query.jwt"),
  /** Signed, as one parameter of the fragment. */
  FRAGMENT_JWT("fragment.jwt"),
  /** Signed, in a form that the browser posts to the client. */
  FORM_POST_JWT("form_post.jwt");

  /** The parameter. */
  public static final String NAME = "response_mode";

  private final String value;

  ResponseMode(String value) {
    this.value = value;
  }

  /** The mode of that name; empty if we have none. */
  public static Optional<ResponseMode> of(String value) {
    return Arrays.stream(values()).filter(mode -> mode.value.equals(value)).findFirst();
  }

  /** Its name on the wire. */
  public String value() {
    return value;
  }

  /** Whether the answer is signed. */
  public boolean isSigned() {
    return this != QUERY;
  }

  /** Its name on the wire. */
  @Override
  public String toString() {
    return value;
  }
}
