package dev.countersign.protocol.structured;

import dev.countersign.protocol.structured.BareItem.BooleanItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads structured fields (RFC 9651 section 4.2). Each character is looked at a bounded number of
 * times, and nothing nests deeper than an item in an inner list in a dictionary.
 *
 * <p>The bounds are what section 3 asks of every parser at least, and for the whole text our
 * choice: a field longer than 64 KiB does not come through the limits of an HTTP server.
 */
final class FieldReader {

  private static final int MAX_LENGTH = 64 * 1024;
  private static final int MAX_MEMBERS = 1024;
  private static final int MAX_ITEMS = 256;
  private static final int MAX_PARAMETERS = 256;

  /** What a key means that comes again in a dictionary. */
  enum Repeated {
    LAST_COUNTS,
    REFUSED
  }

  private final Cursor cursor;
  private final BareItemReader bareItems;

  private FieldReader(List<String> lines) throws MalformedFieldException {
    this.cursor = new Cursor(joined(lines));
    this.bareItems = new BareItemReader(cursor);
    cursor.skipSpaces();
  }

  static Item item(List<String> lines) throws MalformedFieldException {
    FieldReader reader = new FieldReader(lines);
    Item item = reader.item();
    reader.cursor.skipSpaces();
    if (!reader.cursor.atEnd()) {
      throw new MalformedFieldException("something stands behind the item");
    }
    return item;
  }

  static ListField list(List<String> lines) throws MalformedFieldException {
    FieldReader reader = new FieldReader(lines);
    List<Member> members = new ArrayList<>();
    while (reader.memberFollows(members.size())) {
      members.add(reader.member());
    }
    return new ListField(members);
  }

  static DictionaryField dictionary(List<String> lines, Repeated repeated)
      throws MalformedFieldException {
    FieldReader reader = new FieldReader(lines);
    Map<String, Member> members = new LinkedHashMap<>();
    int count = 0;
    while (reader.memberFollows(count++)) {
      String key = reader.key();
      Member member =
          reader.cursor.skips('=')
              ? reader.member()
              : new Item(BooleanItem.TRUE, reader.parameters());
      // A map keeps the place of the key that came first, as section 4.2.2 has it.
      if (members.put(key, member) != null && repeated == Repeated.REFUSED) {
        throw new MalformedFieldException("a key comes twice");
      }
    }
    return new DictionaryField(members);
  }

  /** All lines of a field are one value (RFC 9110 section 5.3). */
  private static String joined(List<String> lines) throws MalformedFieldException {
    long length = 0;
    for (String line : lines) {
      length += line.length() + 2L;
    }
    if (length > MAX_LENGTH + 2L) {
      throw new MalformedFieldException("longer than is read");
    }
    return String.join(", ", lines);
  }

  /**
   * Whether one more member comes. Behind the first there must be a comma, and behind a comma a
   * member.
   */
  private boolean memberFollows(int before) throws MalformedFieldException {
    if (before > 0) {
      cursor.skipWhiteSpace();
    }
    if (cursor.atEnd()) {
      return false;
    }
    if (before == MAX_MEMBERS) {
      throw new MalformedFieldException("more members than are read");
    }
    if (before > 0) {
      if (!cursor.skips(',')) {
        throw new MalformedFieldException("no comma behind a member");
      }
      cursor.skipWhiteSpace();
      if (cursor.atEnd()) {
        throw new MalformedFieldException("a comma without a member behind it");
      }
    }
    return true;
  }

  private Member member() throws MalformedFieldException {
    return cursor.skips('(') ? innerList() : item();
  }

  private InnerList innerList() throws MalformedFieldException {
    List<Item> items = new ArrayList<>();
    cursor.skipSpaces();
    while (!cursor.skips(')')) {
      if (items.size() == MAX_ITEMS) {
        throw new MalformedFieldException("an inner list has more items than are read");
      }
      items.add(item());
      if (!cursor.sees(' ') && !cursor.sees(')')) {
        throw new MalformedFieldException("an inner list without its end, or without a space");
      }
      cursor.skipSpaces();
    }
    return new InnerList(items, parameters());
  }

  private Item item() throws MalformedFieldException {
    return new Item(bareItems.read(), parameters());
  }

  private Parameters parameters() throws MalformedFieldException {
    if (!cursor.sees(';')) {
      return Parameters.NONE;
    }
    Map<String, BareItem> values = new LinkedHashMap<>();
    while (cursor.skips(';')) {
      cursor.skipSpaces();
      String key = key();
      values.put(key, cursor.skips('=') ? bareItems.read() : BooleanItem.TRUE);
      if (values.size() > MAX_PARAMETERS) {
        throw new MalformedFieldException("more parameters than are read");
      }
    }
    return new Parameters(values);
  }

  private String key() throws MalformedFieldException {
    if (!Grammar.isKeyStart(cursor.peek())) {
      throw new MalformedFieldException("no key where one must be");
    }
    return cursor.takeWhile(Grammar::isKeyChar);
  }
}
