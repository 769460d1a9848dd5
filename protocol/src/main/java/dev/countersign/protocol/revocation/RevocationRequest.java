package dev.countersign.protocol.revocation;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.requirement.Enforces;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client asks of the revocation endpoint: to end this token. Which kind of token it is only
 * the server can tell, so it is given as either. Immutable.
 */
public final class RevocationRequest {

  private final String token;
  private final Optional<TokenTypeHint> hint;

  private RevocationRequest(String token, Optional<TokenTypeHint> hint) {
    this.token = token;
    this.hint = hint;
  }

  /** Asks to end a refresh token. */
  public static RevocationRequest of(RefreshToken token) {
    return new RevocationRequest(token.reveal(), Optional.of(TokenTypeHint.REFRESH_TOKEN));
  }

  /** Asks to end an access token. */
  public static RevocationRequest of(AccessToken token) {
    return new RevocationRequest(token.reveal(), Optional.of(TokenTypeHint.ACCESS_TOKEN));
  }

  /**
   * Reads the body of a revocation request. A missing {@code token} is refused with {@code
   * invalid_request}. Text that can be no token is taken: to the client it is one that has ended
   * (RFC 7009 section 2.2).
   */
  @Enforces({"RV-1"})
  public static RevocationRequest read(Form form) {
    return new RevocationRequest(
        form.required("token", "RV-1"), form.value("token_type_hint").flatMap(TokenTypeHint::of));
  }

  /** The token as a refresh token; empty if it has not the form of one. */
  public Optional<RefreshToken> refreshToken() {
    return as(RefreshToken::new);
  }

  /** The token as an access token; empty if it has not the form of one. */
  public Optional<AccessToken> accessToken() {
    return as(AccessToken::new);
  }

  /** What the client believes it to be; empty if it did not say, or said something unknown. */
  public Optional<TokenTypeHint> hint() {
    return hint;
  }

  /** The parameters to send, without client authentication. */
  public Form toForm() {
    return Form.builder()
        .add("token", token)
        .add("token_type_hint", hint.map(TokenTypeHint::value))
        .build();
  }

  /** The type's name only. */
  @Override
  public String toString() {
    return "RevocationRequest";
  }

  private <T> Optional<T> as(Function<String, T> kind) {
    try {
      return Optional.of(kind.apply(token));
    } catch (IllegalArgumentException notOfThisForm) {
      return Optional.empty();
    }
  }
}
