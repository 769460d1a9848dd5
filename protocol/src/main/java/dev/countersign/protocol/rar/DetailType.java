package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * A type of authorization details, as far as both an authorization server and a resource server
 * need it: when one object is within another, how two sets become one, what is personal. Both read
 * it from the same file. The JSON Schema of its objects and how they are shown to people are in
 * that file, too, and the authorization server's business. Immutable.
 */
@Enforces({"RAR-11.2"})
public final class DetailType {

  /** The names of the types that come with the product. */
  public static final List<String> READY =
      List.of(
          "account_information", "document_signing", "health_record_access", "payment_initiation");

  /** How often what one object allows may be done. */
  public enum Use {
    /** Once: a payment, a signature. */
    ONCE,
    /** As often as wanted, while the grant stands. */
    MANY
  }

  private final JsonObject file;
  private final String name;
  private final Comparison comparison;
  private final Merging merging;
  private final List<JsonPointer> personal;
  private final boolean sensitive;
  private final boolean forClientsAlone;
  private final Use use;
  private final Optional<JsonPointer> until;
  private final List<ResourceIndicator> resources;

  DetailType(
      JsonObject file,
      String name,
      Comparison comparison,
      Merging merging,
      List<JsonPointer> personal,
      boolean sensitive,
      boolean forClientsAlone,
      Use use,
      Optional<JsonPointer> until,
      List<ResourceIndicator> resources) {
    this.file = file;
    this.name = name;
    this.comparison = comparison;
    this.merging = merging;
    this.personal = List.copyOf(personal);
    this.sensitive = sensitive;
    this.forClientsAlone = forClientsAlone;
    this.use = use;
    this.until = until;
    this.resources = List.copyOf(resources);
  }

  /**
   * Reads the file of a type. Whether its schema is one is not looked at.
   *
   * @throws InvalidDetailTypeException if it is none: a member is missing, unknown or wrong
   */
  public static DetailType parse(JsonObject file) throws InvalidDetailTypeException {
    return new DetailTypeReader(file).read();
  }

  /**
   * A type that comes with the product, one of {@link #READY}.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static DetailType ready(String name) {
    if (!READY.contains(name)) {
      throw new IllegalArgumentException("there is no such ready type; there are " + READY);
    }
    try (InputStream file = DetailType.class.getResourceAsStream(name + ".json")) {
      if (file == null) {
        throw new IllegalStateException("the ready type " + name + " is not on the class path");
      }
      return parse(JsonObject.parse(file.readAllBytes()));
    } catch (IOException | MalformedJsonException | InvalidDetailTypeException e) {
      throw new IllegalStateException("the ready type " + name + " cannot be read", e);
    }
  }

  /** The value of {@code type} in objects of this type. */
  public String name() {
    return name;
  }

  /** The whole file. */
  public JsonObject file() {
    return file;
  }

  /**
   * Whether {@code asked} allows nothing that {@code granted} does not; both may be of any type,
   * and are then of no use to each other.
   */
  @Enforces({"RAR-6-2", "RAR-6.1-1"})
  public boolean isWithin(AuthorizationDetail asked, AuthorizationDetail granted) {
    return asked.type().equals(name)
        && granted.type().equals(name)
        && comparison.isWithin(asked.json(), granted.json());
  }

  /**
   * An object with all that it allows: beside a word those that it implies, by the rule {@code
   * implies}. For people: who allows a word allows these with it.
   */
  public JsonObject withImplied(JsonObject object) {
    return comparison.withImplied(object);
  }

  /** How objects of this type are merged. */
  public Merging merging() {
    return merging;
  }

  /** The places of an object that say something about a person, with all that is within them. */
  public List<JsonPointer> personal() {
    return personal;
  }

  /** An object for eyes that need not know the person: without what is personal. */
  @Enforces({"RAR-13"})
  public AuthorizationDetail redacted(AuthorizationDetail detail) {
    JsonObject rest = detail.json();
    for (JsonPointer place : personal) {
      rest = without(rest, place.tokens());
    }
    return detail.with(rest);
  }

  /** Of an array on the way nothing is left: the place may be in each of its elements. */
  private static JsonObject without(JsonObject object, List<String> tokens) {
    String name = tokens.getFirst();
    JsonObject others = object.without(name);
    return tokens.size() > 1 && object.value(name).orElse(List.of()) instanceof JsonObject inner
        ? others.toBuilder().put(name, without(inner, tokens.subList(1, tokens.size()))).build()
        : others;
  }

  /** Whether its objects must not stand in a token that its holder can read. */
  public boolean isSensitive() {
    return sensitive;
  }

  /**
   * Whether a client that is registered for the type gets any object of it for itself, with no
   * person to allow it. Never unless the file says so.
   */
  @Enforces({"RAR-6-2"})
  public boolean forClientsAlone() {
    return forClientsAlone;
  }

  /** How often what one object allows may be done. */
  public Use use() {
    return use;
  }

  /** Where an object says until which day it holds; empty if objects of this type have no end. */
  public Optional<JsonPointer> until() {
    return until;
  }

  /**
   * Whether the time of an object is over. The day that it names is the last one: it holds until
   * that day ends in UTC. What names no day has no end; what stands in its place and is no ISO 8601
   * date is over, since nobody could say when it ends.
   */
  @Enforces({"RAR-9-1"})
  public boolean isOver(AuthorizationDetail detail, Instant now) {
    return until
        .flatMap(place -> place.find(detail.json()))
        .filter(day -> !holdsOn(LocalDate.ofInstant(now, ZoneOffset.UTC), day))
        .isPresent();
  }

  private static boolean holdsOn(LocalDate today, Object lastDay) {
    try {
      return lastDay instanceof String text && !LocalDate.parse(text).isBefore(today);
    } catch (DateTimeParseException noDate) {
      return false;
    }
  }

  /** The resource servers that its objects are for; empty: any. */
  public List<ResourceIndicator> resources() {
    return resources;
  }

  /** Whether an object of this type is for a resource server: by what it says, and by its type. */
  @Enforces({"RAR-9-1"})
  public boolean isFor(AuthorizationDetail detail, ResourceIndicator resource) {
    return (resources.isEmpty() || resources.contains(resource)) && detail.isFor(resource);
  }

  /** The name. */
  @Override
  public String toString() {
    return "DetailType[" + name + "]";
  }
}
