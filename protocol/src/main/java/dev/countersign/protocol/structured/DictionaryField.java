package dev.countersign.protocol.structured;

import dev.countersign.requirement.Enforces;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field that is a dictionary (RFC 9651 section 3.2), in its order. Two are equal if they hold the
 * same, in whatever order.
 *
 * @param members by key; may be empty
 */
public record DictionaryField(Map<String, Member> members) {

  /** Copies the map in its order; refuses a wrong key with {@link IllegalArgumentException}. */
  public DictionaryField {
    members.keySet().forEach(Grammar::requireKey);
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /**
   * Reads a field that holds a dictionary (RFC 9651 section 4.2.2). Where a key comes again, the
   * last value counts, at the place of the first.
   *
   * @param lines the values of all lines of the field, in their order; none of them is an empty
   *     dictionary
   * @throws MalformedFieldException if they are no dictionary, too long (64 KiB of text), or more
   *     than 1,024 members, 256 items of one inner list or 256 parameters of one thing
   */
  public static DictionaryField parse(List<String> lines) throws MalformedFieldException {
    return FieldReader.dictionary(lines, FieldReader.Repeated.LAST_COUNTS);
  }

  /**
   * The same, but refuses a key that comes again: for fields whose keys are names that must not be
   * mistaken, such as the labels of signatures (RFC 9421 sections 4.1 and 4.2).
   *
   * @throws MalformedFieldException as {@link #parse}, and for a key that comes again
   */
  @Enforces("SIG-1")
  public static DictionaryField parseDistinct(List<String> lines) throws MalformedFieldException {
    return FieldReader.dictionary(lines, FieldReader.Repeated.REFUSED);
  }

  /** The member under {@code key}. */
  public Optional<Member> get(String key) {
    return Optional.ofNullable(members.get(key));
  }

  /**
   * The canonical text (section 4.1.2). A dictionary without members is not sent, its text is
   * empty.
   */
  public String serialize() {
    return Serializer.of(this);
  }
}
