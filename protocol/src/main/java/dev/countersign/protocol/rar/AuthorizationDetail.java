package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Enforces;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One object of {@code authorization_details}: what is allowed, in the words of its type (RFC 9396
 * section 2). It may hold personal data, so its text form names the type alone. Immutable.
 */
public final class AuthorizationDetail {

  private static final int LONGEST_TYPE = 255;

  private final String type;
  private final JsonObject json;

  private AuthorizationDetail(String type, JsonObject json) {
    this.type = type;
    this.json = json;
  }

  /**
   * Takes an object that came in a message and has a {@code type}; whether its other members are
   * those of the type is not looked at here.
   *
   * @throws MalformedJsonException if {@code type} is missing, no string, empty or longer than 255
   *     characters
   */
  @Enforces({"RAR-2-1"})
  public static AuthorizationDetail of(JsonObject json) throws MalformedJsonException {
    String type =
        json.string("type").orElseThrow(() -> new MalformedJsonException("type is missing"));
    if (type.isEmpty() || type.length() > LONGEST_TYPE) {
      throw new MalformedJsonException("type must be 1 to 255 characters");
    }
    return new AuthorizationDetail(type, json);
  }

  /**
   * An object that is made here, where a wrong one is a mistake of ours. The ready types have
   * records for it, in {@code dev.countersign.protocol.rar.ready}.
   *
   * @param members without the {@code type}; whether they are those of the type is not looked at
   * @throws IllegalArgumentException if {@code type} is empty or longer than 255 characters, or is
   *     among the members
   */
  @Enforces({"RAR-2-1"})
  public static AuthorizationDetail of(String type, JsonObject members) {
    if (type.isEmpty() || type.length() > LONGEST_TYPE) {
      throw new IllegalArgumentException("AuthorizationDetail.type must be 1 to 255 characters");
    }
    return new AuthorizationDetail(
        type, JsonObject.builder().put("type", type).putAll(members).build());
  }

  /** Another object of the same type. */
  AuthorizationDetail with(JsonObject members) {
    return new AuthorizationDetail(type, members);
  }

  /** The {@code type}, which decides what the other members mean. */
  public String type() {
    return type;
  }

  /** The whole object, {@code type} included. */
  public JsonObject json() {
    return json;
  }

  /**
   * The APIs that it is for ({@code locations}, RFC 9396 section 2.2); empty if it names none.
   *
   * @throws MalformedJsonException if the member is there and not an array of strings
   */
  public List<String> locations() throws MalformedJsonException {
    return json.strings("locations").orElse(List.of());
  }

  /**
   * Whether it is for a resource server: it names it, or none. One whose {@code locations} cannot
   * be read is for nobody.
   */
  @Enforces({"RAR-9-1", "RAR-12-2"})
  public boolean isFor(ResourceIndicator resource) {
    try {
      List<String> locations = locations();
      return locations.isEmpty() || locations.contains(resource.value());
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /**
   * The text at a place, for instance {@code text("/debtorAccount/iban")}; empty if there is
   * nothing.
   *
   * @param pointer a JSON pointer (RFC 6901) without {@code *}
   * @throws IllegalArgumentException if it is none
   * @throws MalformedJsonException if what is there is no string, or if something on the way is
   *     there and neither the array nor the object that the pointer takes it for
   */
  public Optional<String> text(String pointer) throws MalformedJsonException {
    return Found.at(json, pointer).text();
  }

  /**
   * The texts at all places that a pointer leads to, in their order, for instance {@code
   * texts("/accounts/*}{@code /iban")} or {@code texts("/actions/*")}. An element that has nothing
   * there is left out.
   *
   * @param pointer a JSON pointer in which {@code *} stands for each element of an array
   * @throws IllegalArgumentException if it is none
   * @throws MalformedJsonException as {@link #text}
   */
  public List<String> texts(String pointer) throws MalformedJsonException {
    return Found.all(json, pointer).texts();
  }

  /**
   * The number at a place; empty if there is nothing. A string of decimal digits counts as one, as
   * amounts are written.
   *
   * @param pointer as for {@link #text}
   * @throws MalformedJsonException as {@link #text}, if what is there is no number
   */
  public Optional<BigDecimal> number(String pointer) throws MalformedJsonException {
    return Found.at(json, pointer).number();
  }

  /**
   * The day at a place, written {@code 2026-12-31}; empty if there is nothing.
   *
   * @param pointer as for {@link #text}
   * @throws MalformedJsonException as {@link #text}, if what is there is no date
   */
  public Optional<LocalDate> date(String pointer) throws MalformedJsonException {
    return Found.at(json, pointer).date();
  }

  /** The same text for equal objects, whatever the order of their members. */
  public String canonical() {
    return json.sorted().toJson();
  }

  /** Whether the other has the same members with the same values; their order is no matter. */
  @Override
  public boolean equals(Object other) {
    return other instanceof AuthorizationDetail detail && json.equals(detail.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** The type alone. */
  @Override
  public String toString() {
    return "AuthorizationDetail[type=" + type + "]";
  }
}
