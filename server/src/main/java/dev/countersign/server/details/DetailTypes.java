package dev.countersign.server.details;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.Merging;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The types that this server knows, and every question about authorization details. What is refused
 * is refused with {@code invalid_authorization_details}; the log has the JSON pointer, and never a
 * value. Immutable.
 */
public final class DetailTypes {
  /** Our choice: twice what one request may have. */
  private static final int LONGEST = 32 * 1024;

  /** A server that knows no type. */
  public static final DetailTypes NONE = new DetailTypes(List.of());

  private static final Merging KEEP_BOTH = new Merging.KeepBoth();

  private final Map<String, TypeDefinition> known;

  /** Knows these types, each name once. */
  public DetailTypes(Collection<TypeDefinition> types) {
    Map<String, TypeDefinition> byName = new LinkedHashMap<>();
    for (TypeDefinition type : types) {
      if (byName.put(type.name(), type) != null) {
        throw new IllegalArgumentException("DetailTypes.types has " + type.name() + " twice");
      }
    }
    this.known = byName;
  }

  /** The names of the types, in the order of the configuration. */
  public List<String> names() {
    return List.copyOf(known.keySet());
  }

  /** The type of this name. */
  public Optional<DetailType> find(String name) {
    return Optional.ofNullable(known.get(name)).map(TypeDefinition::type);
  }

  /** How objects of a type are explained to people; for one that is not known, as they come. */
  public ConsentTemplate consent(String type) {
    return Optional.ofNullable(known.get(type))
        .map(TypeDefinition::consent)
        .orElseGet(() -> ConsentTemplate.ofUnknown(type));
  }

  /**
   * What is wrong with something that people can choose from: types that choose from there, and
   * would have no place for it. Never a value.
   *
   * @param from the name of the person's choices
   */
  public List<String> misfits(String from, Choice choice) {
    return known.values().stream()
        .flatMap(
            type ->
                type
                    .misfit(from, choice)
                    .map(fault -> "does not fit the type " + type.name() + ": " + fault)
                    .stream())
        .toList();
  }

  /**
   * What a client asks for, once it is clear that it may: each object is of a type that this server
   * knows and the client is registered for, is as the type's schema has it, is not over, and names
   * no location but resources of the client. {@link AuthorizationDetails#NONE} is always right.
   */
  @Enforces({"RAR-5-1", "RAR-8-1", "RAR-10-2", "RAR-12-3", "RAR-13"})
  public AuthorizationDetails require(
      RegisteredClient client, AuthorizationDetails asked, Instant now) {
    int index = 0;
    Effort effort = Effort.on(asked);
    for (AuthorizationDetail detail : asked.list()) {
      JsonPointer place = JsonPointer.WHOLE.child(String.valueOf(index++));
      TypeDefinition type = definition(client, detail, place);
      type.schema()
          .check(detail.json(), effort)
          .ifPresent(
              fault -> {
                throw refuse(
                    "RAR-5-1",
                    "authorization_details does not fit its type",
                    type.name() + ": " + place + fault);
              });
      requireTime(type.type(), detail, place, now);
      requireKnownPlaces(client, type.type(), detail, place);
    }
    return asked;
  }

  /** Whether its type has a place for an object: a choice may have made more of it. */
  @Enforces({"RAR-5-1"})
  public boolean fits(AuthorizationDetail detail) {
    return Optional.ofNullable(known.get(detail.type()))
        .filter(type -> type.schema().check(detail.json()).isEmpty())
        .isPresent();
  }

  private TypeDefinition definition(
      RegisteredClient client, AuthorizationDetail detail, JsonPointer place) {
    Optional<TypeDefinition> type = Optional.ofNullable(known.get(detail.type()));
    return type.filter(found -> client.detailTypes().contains(found.name()))
        .orElseThrow(
            () ->
                refuse(
                    type.isPresent() ? "RAR-10-2" : "RAR-5-1",
                    "authorization_details has a type that is unknown for this client",
                    Refusal.mismatch(
                        place.child("type").toString(),
                        type.map(TypeDefinition::name).orElse("unknown"),
                        "one of " + client.detailTypes())));
  }

  private static void requireTime(
      DetailType type, AuthorizationDetail detail, JsonPointer place, Instant now) {
    if (type.isOver(detail, now)) {
      throw refuse(
          "RAR-5-1",
          "authorization_details are over",
          Refusal.mismatch(
              type.name() + ": " + place + type.until().orElseThrow(),
              "a day that is past",
              "today or later, in UTC"));
    }
  }

  private static void requireKnownPlaces(
      RegisteredClient client, DetailType type, AuthorizationDetail detail, JsonPointer place) {
    Set<String> allowed =
        client.resources().stream()
            .filter(resource -> type.resources().isEmpty() || type.resources().contains(resource))
            .map(ResourceIndicator::value)
            .collect(Collectors.toUnmodifiableSet());
    if (allowed.isEmpty()) {
      throw refuse(
          "RAR-5-1",
          "authorization_details has a type that is for no resource of this client",
          Refusal.mismatch(
              place.child("type").toString(),
              type.name() + ", for " + type.resources(),
              "one for some of " + client.resources()));
    }
    if (!allowed.containsAll(locations(detail, place))) {
      throw refuse(
          "RAR-5-1",
          "authorization_details has a location that is unknown for this client",
          Refusal.mismatch(place.child("locations").toString(), "another", "some of " + allowed));
    }
  }

  /**
   * What one token is to have of what was granted: all of it if nothing is asked, or else what is
   * asked, if each object is within one that was granted. What may be used once is not divided: of
   * such a type an object is granted as it is or not at all, since parts of it would be used one by
   * one.
   */
  @Enforces({"RAR-6-1", "RAR-6-2", "RAR-6.1-1", "RAR-8-1"})
  public AuthorizationDetails narrow(AuthorizationDetails granted, AuthorizationDetails asked) {
    if (asked.isEmpty()) {
      return granted;
    }
    int index = 0;
    for (AuthorizationDetail detail : asked.list()) {
      JsonPointer place = JsonPointer.WHOLE.child(String.valueOf(index++));
      if (granted.list().stream().noneMatch(whole -> isWithin(detail, whole))) {
        throw refuse(
            "RAR-6-2",
            "authorization_details exceeds what was granted",
            place + " is within no object that was granted");
      }
    }
    return asked;
  }

  private boolean isWithin(AuthorizationDetail asked, AuthorizationDetail granted) {
    return find(asked.type())
        .filter(
            type ->
                switch (type.use()) {
                  case ONCE -> asked.equals(granted);
                  case MANY -> type.isWithin(asked, granted);
                })
        .isPresent();
  }

  /**
   * What a grant comes to when something is added. Refuses what would be more objects than a
   * request may have, or longer than a token and a store can carry, or more work than a refresh may
   * make, and objects that became one which their type has no place for: no grant may hold what no
   * client could ask for.
   */
  @Enforces({"GM-5.2-4", "RAR-11.2"})
  public AuthorizationDetails merge(AuthorizationDetails before, AuthorizationDetails added) {
    AuthorizationDetails merged =
        Merging.merge(before, added, name -> find(name).map(DetailType::merging).orElse(KEEP_BOTH));
    if (merged.list().size() > AuthorizationDetails.MOST) {
      throw refuse(
          "GM-5.2-4",
          "the grant would have too many authorization_details",
          Refusal.mismatch(
              "their number",
              String.valueOf(merged.list().size()),
              "at most " + AuthorizationDetails.MOST));
    }
    int length = merged.toJson().getBytes(UTF_8).length;
    if (length > LONGEST) {
      throw refuse(
          "GM-5.2-4",
          "the grant would have too long authorization_details",
          Refusal.mismatch("their length", length + " bytes", "at most " + LONGEST));
    }
    requireFit(merged, one -> !before.list().contains(one) && !added.list().contains(one));
    return merged;
  }

  /** Of those that were there it is asked only whether all together can be judged at all. */
  private void requireFit(AuthorizationDetails merged, Predicate<AuthorizationDetail> made) {
    Effort effort = Effort.on(merged);
    for (AuthorizationDetail detail : merged.list()) {
      Optional.ofNullable(known.get(detail.type()))
          .flatMap(type -> type.schema().check(detail.json(), effort))
          .filter(fault -> fault.isEndless() || made.test(detail))
          .ifPresent(
              fault -> {
                throw refuse(
                    "RAR-5-1",
                    "merged authorization_details would not fit their type",
                    detail.type() + ": " + fault);
              });
    }
  }

  /**
   * What of a grant is not over, of types that the client may still use, and as their schemas have
   * it today (PAR-13): a type may have shrunk since the person agreed.
   */
  @Enforces({"PAR-13"})
  public AuthorizationDetails stillAllowed(
      RegisteredClient client, AuthorizationDetails granted, Instant now) {
    Effort effort = Effort.on(granted);
    return granted.only(detail -> obstacle(client, detail, effort, now).isEmpty());
  }

  /** What stands against each object of a grant that is no longer allowed, for the log. */
  public List<String> obstacles(
      RegisteredClient client, AuthorizationDetails granted, Instant now) {
    Effort effort = Effort.on(granted);
    return granted.list().stream()
        .flatMap(detail -> obstacle(client, detail, effort, now).stream())
        .toList();
  }

  private Optional<String> obstacle(
      RegisteredClient client, AuthorizationDetail detail, Effort effort, Instant now) {
    Optional<TypeDefinition> found = Optional.ofNullable(known.get(detail.type()));
    if (found.isEmpty()) {
      return Optional.of("there is no type " + detail.type());
    }
    TypeDefinition type = found.get();
    if (!client.detailTypes().contains(type.name())) {
      return Optional.of(type.name() + " is not the client's");
    }
    if (type.type().isOver(detail, now)) {
      return Optional.of(type.name() + ": " + type.type().until().orElseThrow() + " is past");
    }
    return type.schema().check(detail.json(), effort).map(fault -> type.name() + ": " + fault);
  }

  /** Those that are not over. */
  @Enforces({"RAR-9-1"})
  public AuthorizationDetails current(AuthorizationDetails details, Instant now) {
    return details.only(
        detail -> find(detail.type()).filter(type -> type.isOver(detail, now)).isEmpty());
  }

  /**
   * What resource servers may be told: an object with locations if one of them is there, and an
   * object without at every resource that its type is for.
   */
  @Enforces({"RAR-9.1-1", "RAR-9.2-1"})
  public AuthorizationDetails at(AuthorizationDetails details, List<ResourceIndicator> resources) {
    return details.only(detail -> resources.stream().anyMatch(place -> isAt(detail, place)));
  }

  /**
   * Refuses what may be used once and would be for several resource servers, or for none: each of
   * them counts its uses for itself, so that the person would allow it more often than once.
   */
  @Enforces({"RAR-5-1"})
  public void requireOnePlace(AuthorizationDetails details, List<ResourceIndicator> resources) {
    for (AuthorizationDetail detail : details.list()) {
      List<ResourceIndicator> places =
          resources.stream().filter(resource -> isAt(detail, resource)).toList();
      if (isOnce(detail) && places.size() != 1) {
        throw refuse(
            "RAR-5-1",
            "authorization_details that may be used once must be for one resource",
            Refusal.mismatch("places of " + detail.type(), places.toString(), "one location"));
      }
    }
  }

  /** Whether an object may be used once. */
  public boolean isOnce(AuthorizationDetail detail) {
    return find(detail.type()).filter(type -> type.use() == DetailType.Use.ONCE).isPresent();
  }

  private boolean isAt(AuthorizationDetail detail, ResourceIndicator place) {
    return find(detail.type())
        .map(type -> type.isFor(detail, place))
        .orElseGet(() -> detail.isFor(place));
  }

  /**
   * The resources of the client that the objects name themselves, by their locations or, if they
   * have none, by their type. Empty if none does.
   */
  public List<ResourceIndicator> places(RegisteredClient client, AuthorizationDetails details) {
    List<ResourceIndicator> places = new ArrayList<>();
    for (ResourceIndicator resource : client.resources()) {
      if (details.list().stream().anyMatch(detail -> isNamed(detail, resource))) {
        places.add(resource);
      }
    }
    return places;
  }

  private boolean isNamed(AuthorizationDetail detail, ResourceIndicator resource) {
    boolean named =
        detail.json().value("locations").filter(places -> !places.equals(List.of())).isPresent()
            || find(detail.type()).filter(type -> !type.resources().isEmpty()).isPresent();
    return named && isAt(detail, resource);
  }

  /** Whether an object must not stand in a token that its holder can read; unknown ones, too. */
  public boolean isSensitive(AuthorizationDetails details) {
    return details.list().stream()
        .anyMatch(detail -> find(detail.type()).map(DetailType::isSensitive).orElse(true));
  }

  /** For eyes that need not know the person: without what is personal; unknown ones by type. */
  @Enforces({"RAR-13"})
  public AuthorizationDetails redacted(AuthorizationDetails details) {
    return new AuthorizationDetails(details.list().stream().map(this::redacted).toList());
  }

  private AuthorizationDetail redacted(AuthorizationDetail detail) {
    return find(detail.type())
        .map(type -> type.redacted(detail))
        .orElseGet(() -> AuthorizationDetail.of(detail.type(), JsonObject.builder().build()));
  }

  private static List<String> locations(AuthorizationDetail detail, JsonPointer place) {
    try {
      return detail.locations();
    } catch (MalformedJsonException e) {
      throw refuse(
          "RAR-5-1",
          "authorization_details has locations that are none",
          place.child("locations") + " is no array of strings");
    }
  }

  private static RefusalException refuse(String rule, String description, String detail) {
    return Refusal.oauth(OAuthError.INVALID_AUTHORIZATION_DETAILS, rule, description)
        .withDetail(detail)
        .exception();
  }
}
