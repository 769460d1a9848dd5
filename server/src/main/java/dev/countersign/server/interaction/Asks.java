package dev.countersign.server.interaction;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.server.issue.Audience;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.store.Consent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a person is asked to allow, part by part, in the order of the request.
 *
 * @param scopes scope values; one counts as allowed if it was at each of the resources
 * @param resources where they may be used
 * @param claims names of the claims asked for one by one, without those that the scope opens anyway
 */
record Asks(List<Ask> scopes, List<Ask> resources, List<Ask> claims) {

  /**
   * One part.
   *
   * @param value scope value, resource indicator or claim name
   * @param allowedBefore whether the person allowed it the client before, and it is remembered
   */
  record Ask(String value, boolean allowedBefore) {}

  /** Copies the lists. */
  Asks {
    scopes = List.copyOf(scopes);
    resources = List.copyOf(resources);
    claims = List.copyOf(claims);
  }

  /** The parts of a request, held against what is remembered. */
  static Asks of(PermittedRequest request, Consent remembered) {
    Audience audience = request.audience();
    Set<String> beyondScope = request.consent().claims();
    return new Asks(
        asks(
            audience.scope().tokens(),
            token ->
                audience.resources().stream()
                    .allMatch(resource -> remembered.at(resource).contains(token))),
        audience.resources().stream()
            .map(resource -> new Ask(resource.value(), remembered.allows(resource)))
            .toList(),
        asks(
            Stream.concat(request.claims().userinfo().stream(), request.claims().idToken().stream())
                .distinct()
                .filter(beyondScope::contains)
                .toList(),
            remembered.claims()::contains));
  }

  private static List<Ask> asks(Collection<String> values, Predicate<String> allowedBefore) {
    return values.stream().map(value -> new Ask(value, allowedBefore.test(value))).toList();
  }

  /** What is asked, without what was allowed before: the same text for the same page only. */
  String text() {
    return JsonObject.builder()
        .put("scopes", values(scopes))
        .put("resources", values(resources))
        .put("claims", values(claims))
        .build()
        .toJson();
  }

  private static List<String> values(List<Ask> asks) {
    return asks.stream().map(Ask::value).toList();
  }
}
