package dev.countersign.protocol.rar;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code authorization_details}: several objects, in their order (RFC 9396 section 2). In an
 * authorization request an empty array says the same as no array. Immutable.
 *
 * @param list the objects
 */
public record AuthorizationDetails(List<AuthorizationDetail> list) {

  /** The name of the parameter, claim and member. */
  public static final String NAME = "authorization_details";

  /** Nothing. */
  public static final AuthorizationDetails NONE = new AuthorizationDetails(List.of());

  /** Our bound: what a store must keep and a page may have to show. */
  public static final int MOST = 32;

  /** Our bound, of the text as it comes and of the text that is made of it. */
  private static final int LONGEST = 16 * 1024;

  private static final JsonLimits LIMITS = new JsonLimits(LONGEST, 8);

  /** Copies the list. */
  public AuthorizationDetails {
    list = List.copyOf(list);
  }

  /**
   * Reads the parameter of a request: at most 16 KiB, as it came and as it is written again, nested
   * at most 8 deep, at most {@value #MOST} objects, none of them twice. Whether the types are known
   * is not looked at here.
   *
   * @throws RefusalException {@code invalid_authorization_details} if it is not that
   */
  @Enforces({"RAR-2-1", "RAR-2-2", "RAR-5-1"})
  public static AuthorizationDetails parse(String text) {
    try {
      return of(JsonObject.parseArray(text, LIMITS)).bounded();
    } catch (MalformedJsonException e) {
      throw Refusal.oauth(
              OAuthError.INVALID_AUTHORIZATION_DETAILS,
              "RAR-5-1",
              "authorization_details is not an array of objects with a type")
          .withDetail(e.reason())
          .exception();
    }
  }

  private AuthorizationDetails bounded() throws MalformedJsonException {
    if (list.size() > MOST) {
      throw new MalformedJsonException("more than " + MOST + " objects");
    }
    if (list.stream().distinct().count() < list.size()) {
      throw new MalformedJsonException("an object is there twice");
    }
    // A number may be longer than it came: 1e9 is written as 1E+9. What is kept is read again.
    if (toJson().getBytes(UTF_8).length > LONGEST) {
      throw new MalformedJsonException("longer than " + LONGEST + " bytes when written again");
    }
    return this;
  }

  /**
   * The member of a JSON message; {@link #NONE} if there is none.
   *
   * @throws MalformedJsonException if it is no array of objects that each have a {@code type}
   */
  public static AuthorizationDetails read(JsonObject message) throws MalformedJsonException {
    Optional<List<JsonObject>> objects = message.objects(NAME);
    return objects.isPresent() ? of(objects.get()) : NONE;
  }

  /**
   * Takes objects that each have a {@code type}.
   *
   * @throws MalformedJsonException if one has none
   */
  public static AuthorizationDetails of(List<JsonObject> objects) throws MalformedJsonException {
    List<AuthorizationDetail> list = new ArrayList<>();
    for (JsonObject object : objects) {
      list.add(AuthorizationDetail.of(object));
    }
    return new AuthorizationDetails(list);
  }

  /** Takes one object or several. */
  public static AuthorizationDetails of(AuthorizationDetail... details) {
    return new AuthorizationDetails(List.of(details));
  }

  /** Whether there is no object. */
  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** The objects of one type, in their order. */
  public List<AuthorizationDetail> ofType(String type) {
    return list.stream().filter(detail -> detail.type().equals(type)).toList();
  }

  /** Those that are wanted, in their order. */
  public AuthorizationDetails only(Predicate<AuthorizationDetail> wanted) {
    return new AuthorizationDetails(list.stream().filter(wanted).toList());
  }

  /** The objects for a JSON message; empty if there are none, so that the member is left out. */
  @Enforces({"RAR-2-2"})
  public Optional<List<JsonObject>> member() {
    return list.isEmpty() ? Optional.empty() : Optional.of(objects());
  }

  /** The text of the array, as a form carries it. */
  @Enforces({"RAR-2-2"})
  public String toJson() {
    return JsonObject.toJson(objects());
  }

  private List<JsonObject> objects() {
    return list.stream().map(AuthorizationDetail::json).toList();
  }

  /** The types alone. */
  @Override
  public String toString() {
    return list.stream()
        .map(AuthorizationDetail::type)
        .collect(Collectors.joining(", ", "AuthorizationDetails[", "]"));
  }
}
