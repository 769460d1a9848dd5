package dev.countersign.server.interaction;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.server.details.ConsentTemplate;
import dev.countersign.server.details.Offer;
import dev.countersign.server.interaction.Known.Existing;
import dev.countersign.server.issue.Audience;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a person is asked to allow, part by part, in the order of the request.
 *
 * @param scopes scope values; one counts as allowed if it was at each of the resources
 * @param resources where they may be used
 * @param claims names of the claims asked for one by one, without those that the scope opens anyway
 * @param details authorization details
 * @param existing the grant that a yes adds to or replaces
 */
record Asks(
    List<Ask> scopes,
    List<Ask> resources,
    List<Ask> claims,
    List<DetailAsk> details,
    Optional<Existing> existing) {

  /**
   * One part.
   *
   * @param value scope value, resource indicator or claim name
   * @param allowedBefore whether the person allowed it the client before, and it is remembered
   */
  record Ask(String value, boolean allowedBefore) {}

  /**
   * A detail.
   *
   * @param detail as it is asked for
   * @param template how it is explained
   * @param offer what the person has to choose for it
   * @param standing how it stands to the grant that a yes changes
   */
  record DetailAsk(
      AuthorizationDetail detail,
      ConsentTemplate template,
      Optional<Offer> offer,
      Standing standing) {}

  /** Copies the lists. */
  Asks {
    scopes = List.copyOf(scopes);
    resources = List.copyOf(resources);
    claims = List.copyOf(claims);
    details = List.copyOf(details);
  }

  /** The parts of a request, held against what is remembered and otherwise known. */
  static Asks of(PermittedRequest request, Consent remembered, Known known) {
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
            remembered.claims()::contains),
        details(request.request().authorizationDetails(), audience.resources(), known),
        known.existing());
  }

  private static List<DetailAsk> details(
      AuthorizationDetails asked, List<ResourceIndicator> resources, Known known) {
    return asked.list().stream()
        .map(
            detail -> {
              ConsentTemplate template = known.templates().of(detail.type());
              return new DetailAsk(
                  detail,
                  template,
                  Offer.of(detail, template, known.choices()),
                  known
                      .existing()
                      .map(
                          existing ->
                              Standing.of(
                                  detail, template, existing, places(detail, template, resources)))
                      .orElse(Standing.NEW));
            })
        .toList();
  }

  private static List<ResourceIndicator> places(
      AuthorizationDetail detail, ConsentTemplate template, List<ResourceIndicator> resources) {
    return resources.stream().filter(resource -> template.isFor(detail, resource)).toList();
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
        .put("details", details.stream().map(Asks::text).toList())
        .put("existing", existing.map(Asks::text))
        .build()
        .toJson();
  }

  /** The detail, what was said of it and what could be chosen. */
  private static JsonObject text(DetailAsk ask) {
    return JsonObject.builder()
        .put("detail", ask.detail().json())
        .put("template", ask.template().source())
        .put("offer", ask.offer().map(Offer::text))
        .build();
  }

  private static JsonObject text(Existing existing) {
    Grant grant = existing.grant();
    return JsonObject.builder()
        .put("action", existing.action().name())
        .put("scopes", grant.scope().tokens())
        .put("resources", grant.resources().stream().map(ResourceIndicator::value).toList())
        .put("id_token", grant.claims().idToken())
        .put("userinfo", grant.claims().userinfo())
        .put("details", grant.details().toJson())
        .build();
  }

  /** The values of some parts. */
  static List<String> values(List<Ask> asks) {
    return asks.stream().map(Ask::value).toList();
  }
}
