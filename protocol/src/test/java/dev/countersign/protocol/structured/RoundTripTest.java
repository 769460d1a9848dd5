package dev.countersign.protocol.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.structured.BareItem.BooleanItem;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.BareItem.DateItem;
import dev.countersign.protocol.structured.BareItem.DecimalItem;
import dev.countersign.protocol.structured.BareItem.DisplayString;
import dev.countersign.protocol.structured.BareItem.IntegerItem;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.BareItem.TokenItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What is written is read as the same, and what is read is written in one form that stays as it is.
 * The fields are random, from the same seed each time.
 */
class RoundTripTest {

  private static final int RUNS = 5_000;
  private static final String KEY_STARTS = "abcxyz*";
  private static final String KEY_CHARS = KEY_STARTS + "0189_-.";
  private static final String TOKEN_CHARS = "aZ09!#$%&'*+-.^_`|~:/";
  private static final String SPICE = "abZ09 \t,;=()\"\\:?@%*-.'\u00e4\u0000";

  private final SplittableRandom random = new SplittableRandom(9651);

  @Test
  void whatIsWrittenIsReadAsTheSame() throws Exception {
    for (int run = 0; run < RUNS; run++) {
      ListField list = list();
      DictionaryField dictionary = dictionary();
      Item item = item();

      assertThat(ListField.parse(List.of(list.serialize()))).isEqualTo(list);
      DictionaryField read = DictionaryField.parseDistinct(List.of(dictionary.serialize()));
      assertThat(read).isEqualTo(dictionary);
      assertThat(read.serialize()).isEqualTo(dictionary.serialize());
      assertThat(Item.parse(List.of(item.serialize()))).isEqualTo(item);
    }
  }

  @Test
  void whatIsReadOfBrokenFieldsHasOneForm() {
    int read = 0;
    for (int run = 0; run < 4 * RUNS; run++) {
      String broken = broken(dictionary().serialize());
      try {
        String canonical = DictionaryField.parse(List.of(broken)).serialize();
        assertThat(DictionaryField.parse(List.of(canonical)).serialize()).isEqualTo(canonical);
        read++;
      } catch (MalformedFieldException refused) {
        assertThat(refused.reason()).isNotBlank();
      }
    }
    assertThat(read).isBetween(RUNS / 10, 4 * RUNS - RUNS / 10);
  }

  private String broken(String good) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = random.nextInt(1, 4); changes > 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      char spice = SPICE.charAt(random.nextInt(SPICE.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, spice);
        case 1 -> text.insert(at, spice);
        default -> text.deleteCharAt(at);
      }
    }
    return text.toString();
  }

  private ListField list() {
    List<Member> members = new ArrayList<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      members.add(member());
    }
    return new ListField(members);
  }

  private DictionaryField dictionary() {
    Map<String, Member> members = new LinkedHashMap<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      members.put(text(KEY_STARTS, KEY_CHARS), member());
    }
    return new DictionaryField(members);
  }

  private Member member() {
    if (random.nextBoolean()) {
      return item();
    }
    List<Item> items = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      items.add(item());
    }
    return new InnerList(items, parameters());
  }

  private Item item() {
    return new Item(bareItem(), parameters());
  }

  private Parameters parameters() {
    Parameters parameters = Parameters.NONE;
    for (int count = random.nextInt(3); count > 0; count--) {
      parameters = parameters.with(text(KEY_STARTS, KEY_CHARS), bareItem());
    }
    return parameters;
  }

  private BareItem bareItem() {
    return switch (random.nextInt(8)) {
      case 0 -> new IntegerItem(integer());
      case 1 -> new DecimalItem(BigDecimal.valueOf(integer(), 3));
      case 2 -> new StringItem(ascii());
      case 3 -> new TokenItem(text("aZ*", TOKEN_CHARS));
      case 4 -> new ByteSequence(bytes());
      case 5 -> new BooleanItem(random.nextBoolean());
      case 6 -> new DateItem(Instant.ofEpochSecond(integer()));
      default -> new DisplayString(ascii() + Character.toString(codePoint()));
    };
  }

  /** Of any length that is allowed. */
  private long integer() {
    long max = IntegerItem.MAX;
    return random.nextLong(-max, max + 1) / (long) Math.pow(10, random.nextInt(15));
  }

  private String ascii() {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(6); count > 0; count--) {
      text.append((char) random.nextInt(0x20, 0x7F));
    }
    return text.toString();
  }

  private int codePoint() {
    int any = random.nextInt(Character.MAX_CODE_POINT + 1);
    return any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE ? '\u00e4' : any;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(8)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text(String starts, String others) {
    StringBuilder text = new StringBuilder();
    text.append(starts.charAt(random.nextInt(starts.length())));
    for (int count = random.nextInt(5); count > 0; count--) {
      text.append(others.charAt(random.nextInt(others.length())));
    }
    return text.toString();
  }
}
