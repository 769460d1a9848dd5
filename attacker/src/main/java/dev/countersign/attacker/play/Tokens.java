package dev.countersign.attacker.play;

import dev.countersign.attacker.wire.Answer;
import java.util.Optional;

/**
 * What the token endpoint gave.
 *
 * @param access the access token
 * @param refresh the refresh token
 * @param id the ID token
 * @param type {@code token_type}
 * @param answer all of it
 */
public record Tokens(
    String access, Optional<String> refresh, Optional<String> id, String type, Answer answer) {

  /**
   * The tokens in an answer.
   *
   * @throws TwinFailedException if there are none
   */
  public static Tokens of(Answer answer) throws TwinFailedException {
    String access =
        answer
            .member("access_token")
            .filter(_ -> answer.isSuccess())
            .orElseThrow(
                () -> new TwinFailedException("the token endpoint answered " + answer.brief()));
    return new Tokens(
        access,
        answer.member("refresh_token"),
        answer.member("id_token"),
        answer.member("token_type").orElse(""),
        answer);
  }

  /**
   * The refresh token.
   *
   * @throws NotApplicableException if there is none
   */
  public String needRefresh() throws NotApplicableException {
    return refresh.orElseThrow(
        () -> new NotApplicableException("the server gave no refresh token"));
  }

  /** Nothing of them. */
  @Override
  public String toString() {
    return "Tokens";
  }
}
