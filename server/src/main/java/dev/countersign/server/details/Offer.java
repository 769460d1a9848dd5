package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.details.ConsentTemplate.Choose;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person may choose for one detail: all of their own or, where the client named some, those
 * of them that are the person's own. What the client named and they do not have is not offered, and
 * so never allowed.
 *
 * @param choose what the template says of it
 * @param choices what can be chosen; none if the person has nothing that fits
 * @param preset whether they are chosen unless the person says otherwise: the client named them, or
 *     there is only one
 */
public record Offer(Choose choose, List<Choice> choices, boolean preset) {

  /** Copies the list. */
  public Offer {
    choices = List.copyOf(choices);
  }

  /**
   * What there is to choose for a detail; empty if its type has no choice.
   *
   * @param own what the person has, by name
   */
  public static Optional<Offer> of(
      AuthorizationDetail detail, ConsentTemplate template, Map<String, List<Choice>> own) {
    return template.choose().map(choose -> of(detail, choose, own));
  }

  private static Offer of(
      AuthorizationDetail detail, Choose choose, Map<String, List<Choice>> own) {
    List<JsonObject> named = new Member(detail.json(), choose.member()).objects();
    List<Choice> choices =
        own.getOrDefault(choose.from(), List.of()).stream()
            .filter(choice -> named.isEmpty() || named.stream().anyMatch(one -> isIt(choice, one)))
            .toList();
    return new Offer(choose, choices, !named.isEmpty() || choices.size() == 1);
  }

  /** A client need not know all of it: what it says of it must be so. */
  private static boolean isIt(Choice choice, JsonObject named) {
    return choice.value().only(named.names()).equals(named);
  }

  /**
   * The detail with what was chosen.
   *
   * @param chosen places in {@link #choices}
   * @throws IllegalArgumentException if nothing was chosen, more than one where one is wanted, or
   *     what was not offered
   */
  @Enforces({"RAR-7.1-1"})
  public AuthorizationDetail enrich(AuthorizationDetail detail, Set<Integer> chosen) {
    if (chosen.isEmpty() || (!choose.many() && chosen.size() > 1)) {
      throw new IllegalArgumentException("chosen must be one, or at least one (RAR-7.1-1)");
    }
    List<JsonObject> values = chosen.stream().sorted().map(at -> choices.get(at).value()).toList();
    Set<String> others = new HashSet<>(detail.json().names());
    others.remove(choose.member());
    JsonObject.Builder json = detail.json().only(others).toBuilder();
    try {
      return AuthorizationDetail.of(
          (choose.many()
                  ? json.put(choose.member(), values)
                  : json.put(choose.member(), values.getFirst()))
              .build());
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("a type is never chosen", e);
    }
  }

  /** A choice as it is shown beside its label; empty if no row of the template shows any of it. */
  public Optional<String> line(Choice choice, ConsentTemplate template, Explainer explainer) {
    JsonObject.Builder alone = JsonObject.builder();
    JsonObject detail =
        (choose.many()
                ? alone.put(choose.member(), List.of(choice.value()))
                : alone.put(choose.member(), choice.value()))
            .build();
    return Optional.of(explainer.line(detail, template)).filter(text -> !text.isEmpty());
  }

  /** All that tells this offer from another, as text. */
  public String text() {
    return choices.stream()
        .map(choice -> choice.label().byLanguage() + choice.value().toJson())
        .collect(Collectors.joining("\n", choose + "\n", ""));
  }
}
