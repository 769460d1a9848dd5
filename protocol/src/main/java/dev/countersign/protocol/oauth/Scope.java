package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What is asked for or granted: an ordered set of scope tokens (RFC 6749 section 3.3).
 *
 * @param tokens each 1 to 255 characters of {@code %x21 / %x23-5B / %x5D-7E}, none twice, at most
 *     100
 */
public record Scope(List<String> tokens) {

  /** Asks for an ID token (OpenID Connect Core section 3.1.2.1). */
  public static final String OPENID = "openid";

  /** Accepted and never required: a refresh token does not hang on it here. */
  public static final String OFFLINE_ACCESS = "offline_access";

  /** No scope at all. */
  public static final Scope NONE = new Scope(List.of());

  private static final int MAX_TOKENS = 100;
  private static final Refusal MALFORMED =
      Refusal.oauth(OAuthError.INVALID_SCOPE, "OA-3", "scope is malformed");

  /** Copies, and refuses any other form with {@link IllegalArgumentException}. */
  public Scope {
    tokens = List.copyOf(tokens);
    if (tokens.size() > MAX_TOKENS || new LinkedHashSet<>(tokens).size() != tokens.size()) {
      throw new IllegalArgumentException(
          "Scope must have at most " + MAX_TOKENS + " tokens, none twice (OA-3)");
    }
    for (String token : tokens) {
      Characters.require("Scope token", token, 255, Characters.NQCHAR, "OA-3");
    }
  }

  /** The scope of these tokens, in this order. */
  public static Scope of(String... tokens) {
    return new Scope(List.of(tokens));
  }

  /**
   * The {@code scope} of a message: tokens with exactly one space between them. A token named twice
   * counts once.
   *
   * @throws RefusalException {@code invalid_scope} for any other form, also for empty text
   */
  public static Scope parse(String value) {
    try {
      return new Scope(List.copyOf(new LinkedHashSet<>(List.of(value.split(" ", -1)))));
    } catch (IllegalArgumentException malformed) {
      throw MALFORMED
          .withDetail(Refusal.mismatch("scope", value, "tokens with one space between them"))
          .exception();
    }
  }

  /** Whether {@code token} is in it, compared exactly. */
  public boolean contains(String token) {
    return tokens.contains(token);
  }

  /** Whether every token of this scope is in {@code other} too. */
  public boolean isWithin(Scope other) {
    return other.tokens.containsAll(tokens);
  }

  /** The tokens that both have, in the order of this scope. */
  public Scope intersect(Scope other) {
    return new Scope(tokens.stream().filter(other::contains).toList());
  }

  /** Whether it has no token. */
  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** The tokens with a space between them, as on the wire. */
  @Override
  public String toString() {
    return String.join(" ", tokens);
  }
}
