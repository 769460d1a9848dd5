package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.server.text.LocalText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How details of one type are explained to the person who is to allow them: the {@code consent}
 * section of a type. Immutable.
 *
 * @param title what a yes allows, as it follows on "may"
 * @param sentence what is to be said of every detail of the type
 * @param rows the members to show, in their order; one that is absent makes none, unless the row
 *     says something of that
 * @param choose what the person picks among their own
 * @param hidden members that nobody need see, each with the reason
 * @param source what it was read from
 * @param type the rules of the type, if it is known
 */
public record ConsentTemplate(
    LocalText title,
    Optional<LocalText> sentence,
    List<Row> rows,
    Optional<Choose> choose,
    Map<MemberPath, String> hidden,
    JsonObject source,
    Optional<DetailType> type) {

  /** The members of a type's file that decide what is said of its objects. */
  private static final Set<String> SAID = Set.of("consent", "compare", "use");

  /** Copies the collections. */
  public ConsentTemplate {
    rows = List.copyOf(rows);
    hidden = Collections.unmodifiableMap(new LinkedHashMap<>(hidden));
  }

  /**
   * A member and how it is shown.
   *
   * @param member where it is
   * @param label what stands before it
   * @param format how it is shown
   * @param absent what is said where it is absent, since that may mean something
   */
  public record Row(
      MemberPath member, LocalText label, Format format, Optional<LocalText> absent) {}

  /**
   * What the person picks among their own.
   *
   * @param member the member of the detail that gets it
   * @param from the name of the person's choices
   * @param label what stands above them
   * @param many whether several can be picked: the member is an array then
   */
  public record Choose(String member, String from, LocalText label, boolean many) {}

  /**
   * Reads the section and holds it against the schema: nobody may agree to what they did not see,
   * so each member that the schema names must be shown by a row, or be listed as hidden.
   *
   * @throws MalformedJsonException if a key is missing, unknown or wrong, a row shows no member of
   *     the schema, or a member of the schema is neither shown nor hidden
   */
  public static ConsentTemplate read(JsonObject consent, JsonObject schema)
      throws MalformedJsonException {
    return new ConsentReader(consent, new SchemaMembers(schema)).read();
  }

  /** For a type that nobody explains any more: all members as they came. */
  public static ConsentTemplate ofUnknown(String type) {
    return new ConsentTemplate(
        LocalText.of(type),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Map.of(),
        JsonObject.builder().build(),
        Optional.empty());
  }

  /** The same for objects of a type that is known. */
  ConsentTemplate of(DetailType type) {
    return new ConsentTemplate(
        title, sentence, rows, choose, hidden, type.file().only(SAID), Optional.of(type));
  }

  /** What an object allows, also that which it does not name but implies. */
  JsonObject told(JsonObject object) {
    return type.map(known -> known.withImplied(object)).orElse(object);
  }

  /** Whether an object may be used once only. */
  public boolean isOnce() {
    return type.filter(known -> known.use() == DetailType.Use.ONCE).isPresent();
  }

  /** Whether an object is for a resource server: by what it says, and by its type. */
  public boolean isFor(AuthorizationDetail detail, ResourceIndicator resource) {
    return type.map(known -> known.isFor(detail, resource)).orElseGet(() -> detail.isFor(resource));
  }

  /** Whether two objects are the same, but for what the person chooses. */
  public boolean isLike(AuthorizationDetail one, AuthorizationDetail other) {
    return rest(one).equals(rest(other));
  }

  /**
   * Whether an object that is asked for is one that was granted, as far as the client can know it:
   * what it names of the person's choice was chosen.
   */
  public boolean isOf(AuthorizationDetail asked, AuthorizationDetail granted) {
    List<JsonObject> chosen = chosen(granted);
    return isLike(asked, granted)
        && chosen(asked).stream()
            .allMatch(
                named -> chosen.stream().anyMatch(one -> one.only(named.names()).equals(named)));
  }

  private JsonObject rest(AuthorizationDetail detail) {
    return choose.map(one -> detail.json().without(one.member())).orElse(detail.json());
  }

  private List<JsonObject> chosen(AuthorizationDetail detail) {
    return choose.map(one -> new Member(detail.json(), one.member()).objects()).orElse(List.of());
  }
}
