package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.UnverifiedJwt;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What tokens are good for, as the token answer and the claims of an access token that can be read
 * say it.
 *
 * @param scopes the scopes
 * @param details the elements of {@code authorization_details}
 */
record Granted(Set<String> scopes, List<JsonObject> details) {
  private static final String DETAILS = "authorization_details";

  /** Copies both. */
  Granted {
    scopes = Set.copyOf(scopes);
    details = List.copyOf(details);
  }

  /**
   * Reads it.
   *
   * @param asked the scope where the answer has none, which says that it is what was asked for (RFC
   *     6749 section 5.1)
   */
  static Granted of(Answer answer, String asked) {
    Set<String> scopes = new TreeSet<>(words(answer.member("scope").orElse(asked)));
    List<JsonObject> details = answer.json().map(Granted::details).orElse(List.of());
    Optional<JsonObject> claims = answer.member("access_token").flatMap(UnverifiedJwt::claims);
    claims.map(Granted::scope).ifPresent(scopes::addAll);
    return new Granted(
        scopes, details.isEmpty() ? claims.map(Granted::details).orElse(List.of()) : details);
  }

  /** What this is good for, and the other is not, in words; empty if there is nothing. */
  String beyond(Granted right, String mark) {
    Set<String> more = new TreeSet<>(scopes);
    more.removeAll(right.scopes());
    if (!more.isEmpty()) {
      return "the scopes " + String.join(" ", more);
    }
    boolean marked = details.stream().anyMatch(one -> one.toJson().contains(mark));
    return marked || details.size() > right.details().size() ? "other authorization_details" : "";
  }

  private static List<JsonObject> details(JsonObject object) {
    try {
      return object.objects(DETAILS).orElse(List.of());
    } catch (MalformedJsonException e) {
      return List.of();
    }
  }

  private static Set<String> scope(JsonObject claims) {
    try {
      return claims.isString("scope")
          ? words(claims.string("scope").orElse(""))
          : new TreeSet<>(claims.strings("scope").orElse(List.of()));
    } catch (MalformedJsonException e) {
      return Set.of();
    }
  }

  private static Set<String> words(String text) {
    return new TreeSet<>(List.of(text.isEmpty() ? new String[0] : text.trim().split(" +", -1)));
  }
}
