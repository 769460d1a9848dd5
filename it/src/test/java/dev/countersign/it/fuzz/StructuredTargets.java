package dev.countersign.it.fuzz;

import dev.countersign.protocol.httpsig.ContentDigest;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.ListField;
import dev.countersign.protocol.structured.MalformedFieldException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Structured fields and what is made of them: each line of an input is one of the field. */
final class StructuredTargets {
  private static final Set<Class<? extends Exception>> MALFORMED =
      Set.of(MalformedFieldException.class);

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
              "structured-list",
              MALFORMED,
              input -> ListField.parse(lines(input)),
              StructuredTargets::sameList),
          Target.ofText(
              "structured-dictionary",
              MALFORMED,
              input -> DictionaryField.parse(lines(input)),
              StructuredTargets::sameDictionary),
          Target.ofText(
              "structured-item",
              MALFORMED,
              input -> Item.parse(lines(input)),
              StructuredTargets::sameItem),
          Target.ofText(
              "content-digest",
              Set.of(InvalidHttpSignatureException.class),
              input -> ContentDigest.parse(lines(input)),
              StructuredTargets::isOfContent));

  /** Half of the members that are read of a field. */
  private static final int MOST_TWICE = 512;

  private StructuredTargets() {}

  private static List<String> lines(String input) {
    return List.of(input.split("\n", -1));
  }

  private static void sameList(ListField list, String input) throws Exception {
    String text = list.serialize();
    Holds.equal(ListField.parse(List.of(text)), list, "written and read again");
    Holds.equal(ListField.parse(List.of(text)).serialize(), text, "one canonical text");
    Holds.linear(text, input);
    Holds.that(isAscii(text), "ASCII alone");
    if (!list.members().isEmpty() && list.members().size() <= MOST_TWICE) {
      ListField twice = ListField.parse(List.of(text, text));
      Holds.equal(twice.members().size(), 2 * list.members().size(), "two lines are one list");
    }
  }

  private static void sameDictionary(DictionaryField field, String input) throws Exception {
    String text = field.serialize();
    DictionaryField again = DictionaryField.parse(List.of(text));
    Holds.equal(again, field, "written and read again");
    Holds.equal(again.serialize(), text, "one canonical text");
    if (!text.isEmpty() && field.members().size() <= MOST_TWICE) {
      Holds.equal(
          DictionaryField.parse(List.of(text, text)).serialize(), text, "the last of two counts");
    }
    Holds.equal(DictionaryField.parseDistinct(List.of(text)), field, "no key is written twice");
    Holds.linear(text, input);
    Holds.that(isAscii(text), "ASCII alone");
    try {
      Holds.equal(DictionaryField.parseDistinct(lines(input)), field, "the stricter reading");
    } catch (MalformedFieldException twice) {
      Holds.equal(twice.reason(), "a key comes twice", "the one reason it has of its own");
    }
  }

  private static void sameItem(Item item, String input) throws Exception {
    String text = new ListField(List.of(item)).serialize();
    Holds.equal(Item.parse(List.of(text)), item, "written and read again");
    Holds.linear(text, input);
    Holds.that(isAscii(text), "ASCII alone");
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
  }

  /** It is of content whose digest stands in it, by whatever algorithm, and of no other. */
  private static void isOfContent(ContentDigest digest, String input) throws Exception {
    Holds.equal(
        ContentDigest.parse(List.of(digest.toHeader())).toHeader(),
        digest.toHeader(),
        "written and read again");
    byte[] content = "{\"hello\": \"world\"}".getBytes(StandardCharsets.UTF_8);
    String right =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
    boolean taken = true;
    try {
      digest.verify(content);
    } catch (InvalidHttpSignatureException other) {
      taken = false;
    }
    Holds.that(
        !taken || digest.toHeader().contains("sha-512=") || digest.toHeader().contains(right),
        "content of another digest is refused");
    Holds.linear(digest.toHeader(), input);
  }
}
