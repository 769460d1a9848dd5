package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.server.text.LocalText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How details of one type are explained to the person who is to allow them: the {@code consent}
 * section of a type. Immutable.
 *
 * @param title what a yes allows, as it follows on "may"
 * @param sentence what is to be said of every detail of the type
 * @param rows the members to show, in their order; one that is absent makes no row
 * @param choose what the person picks among their own
 * @param hidden members that nobody need see, each with the reason
 * @param source the section that it was read from
 */
public record ConsentTemplate(
    LocalText title,
    Optional<LocalText> sentence,
    List<Row> rows,
    Optional<Choose> choose,
    Map<MemberPath, String> hidden,
    JsonObject source) {

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
   */
  public record Row(MemberPath member, LocalText label, Format format) {}

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
        JsonObject.builder().build());
  }
}
