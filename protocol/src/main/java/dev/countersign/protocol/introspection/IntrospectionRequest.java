package dev.countersign.protocol.introspection;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.revocation.TokenTypeHint;
import dev.countersign.requirement.Enforces;
import java.util.Optional;

/**
 * What a resource server asks of the introspection endpoint: whether this token still stands.
 * Immutable.
 */
public final class IntrospectionRequest {

  private final String token;
  private final Optional<TokenTypeHint> hint;

  private IntrospectionRequest(String token, Optional<TokenTypeHint> hint) {
    this.token = token;
    this.hint = hint;
  }

  /** Asks about an access token. */
  public static IntrospectionRequest of(AccessToken token) {
    return new IntrospectionRequest(token.reveal(), Optional.of(TokenTypeHint.ACCESS_TOKEN));
  }

  /**
   * Reads the body of an introspection request. A missing {@code token} is refused with {@code
   * invalid_request}. Text that can be no token is taken: it is one that is not active (RFC 7662
   * section 2.2).
   */
  @Enforces({"IN-1"})
  public static IntrospectionRequest read(Form form) {
    return new IntrospectionRequest(
        form.required("token", "IN-1"), form.value("token_type_hint").flatMap(TokenTypeHint::of));
  }

  /** The token as an access token; empty if it has not the form of one. */
  public Optional<AccessToken> accessToken() {
    try {
      return Optional.of(new AccessToken(token));
    } catch (IllegalArgumentException notOfThisForm) {
      return Optional.empty();
    }
  }

  /** What the caller believes it to be; empty if it did not say, or said something unknown. */
  public Optional<TokenTypeHint> hint() {
    return hint;
  }

  /** The parameters to send, without authentication. */
  public Form toForm() {
    return Form.builder()
        .add("token", token)
        .add("token_type_hint", hint.map(TokenTypeHint::value))
        .build();
  }

  /** The type's name only. */
  @Override
  public String toString() {
    return "IntrospectionRequest";
  }
}
