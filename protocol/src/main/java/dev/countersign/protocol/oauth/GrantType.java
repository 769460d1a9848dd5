package dev.countersign.protocol.oauth;

import dev.countersign.requirement.Enforces;
import java.util.Arrays;
import java.util.Optional;

/** The grants we know. What is not here, {@code password} above all, is unsupported. */
@Enforces({"SP-5.3.2.1-2"})
public enum GrantType {
  /** RFC 6749 section 4.1. */
  AUTHORIZATION_CODE("authorization_code"),
  /** RFC 6749 section 6. */
  REFRESH_TOKEN("refresh_token"),
  /** RFC 6749 section 4.4. */
  CLIENT_CREDENTIALS("client_credentials");

  private final String value;

  GrantType(String value) {
    this.value = value;
  }

  /** The value of {@code grant_type}. */
  public String value() {
    return value;
  }

  /** The grant with this {@code grant_type}, compared exactly; empty for any other value. */
  public static Optional<GrantType> of(String value) {
    return Arrays.stream(values()).filter(grant -> grant.value.equals(value)).findFirst();
  }
}
