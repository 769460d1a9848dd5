package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.ListField;
import dev.countersign.protocol.structured.MalformedFieldException;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A parser that nobody here wrote, {@code structured-headers} on Node.js, reads and writes the same
 * fields as ours: what is signed by one must be the same text for the other.
 */
class NodeStructuredFieldsTest {
  private static final int RUNS = 6_000;

  /** Without what the other one reads in its own way: see {@link #knowsWhereTheOtherErrs}. */
  private static final String SPICE = "abZ09 \t,;=()\"\\:?*-'\u00e4\u0000";

  private static final List<String> SIGNATURES =
      List.of(
          "sig1=(\"@method\" \"@target-uri\" \"authorization\" \"dpop\" \"content-digest\")"
              + ";created=1750000000;keyid=\"test-key-ed25519\";tag=\"fapi-2-request\"",
          "sig1=(\"@status\" \"@method\";req \"signature\";req;key=\"sig1\" \"a\";sf \"b\";bs)"
              + ";created=1750000001;expires=1750000061;nonce=\"b3k2\";alg=\"ed25519\"",
          "sig1=:bgmS32DFiL8zjd8udkJx83MemJ57sZXPF/4aGm2GvGAFX8Qd6+FqkfjyvcCTzdcID/dpvkCzt8tsfdCv0p"
              + "uiDw==:, reqres=:AAECAw==:",
          "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, md5=:AAECAw==:",
          "a=1, b;x=tok/en:1;y, c=(1 \"two\" three ?0);*z=-12, *d.e-f_g=?0");

  private static final List<String> TEXTS =
      List.of(
          "42",
          "-0",
          "042",
          "999999999999999",
          "1000000000000000",
          "--1",
          "1.25",
          "-0.5",
          "1.",
          "1.1234",
          "1234567890123.5",
          "\"\"",
          "\"a \\\"b\\\" \\\\\"",
          "\"a\\n\"",
          "\"\u00e4\"",
          "tok:en/*",
          "*",
          "#a",
          ":aGVsbG8=:",
          ":aGVsbG8:",
          ":aGVsbGP=:",
          "::",
          ":aGVsbG8==:",
          ":=:",
          ":a:",
          ":a b:",
          "?1",
          "?0",
          "?2",
          "?",
          "@1659578233",
          "@-1",
          "@1.5",
          "@",
          "%\"f%c3%bc %22\\\"",
          "%\"%C3%BC\"",
          "%\"%c3%28\"",
          "%\"a",
          "%a",
          "(1 2)",
          "(1  2 )",
          "(1 2",
          "(1\t2)",
          "((1))",
          "()",
          "1;a;b=?0;c=\"d\"",
          "1 ;a",
          "1; a",
          "1;a =1",
          "1;A",
          "1;a=1;b;a=2",
          "1, 2",
          "1,2,",
          "1,,2",
          ",1",
          "1 2",
          "1\t,\t2",
          "\t1",
          " 1 ",
          "1\t",
          "",
          " ",
          "a=1",
          "a",
          "a=1,b,a=3",
          "a=(1 2);q=1",
          "a= 1",
          "a =1",
          "a=",
          "=1",
          "A=1",
          "a.b-c_d*=1",
          "a, b;c=1",
          "a=?1;x",
          "a=1\u0000");

  @TempDir private Path folder;

  private enum Type {
    ITEM,
    LIST,
    DICTIONARY
  }

  private record Field(Type type, String text) {

    /** How we write what we read; empty if we refuse it. */
    Optional<String> ours() {
      List<String> lines = List.of(text);
      try {
        return Optional.of(
            switch (type) {
              case ITEM -> Item.parse(lines).serialize();
              case LIST -> ListField.parse(lines).serialize();
              case DICTIONARY -> DictionaryField.parse(lines).serialize();
            });
      } catch (MalformedFieldException refused) {
        return Optional.empty();
      }
    }

    JsonObject toJson() {
      return JsonObject.builder()
          .put("type", type.name().toLowerCase(Locale.ROOT))
          .put("text", text)
          .build();
    }
  }

  @BeforeAll
  static void install() throws IOException {
    NodeProject.install();
  }

  @Test
  @Requirement({"SIG-1", "SIG-5"})
  void readsAndWritesTheSameFields() throws Exception {
    List<Field> fields =
        TEXTS.stream()
            .flatMap(text -> Stream.of(Type.values()).map(type -> new Field(type, text)))
            .toList();

    assertThat(theirs(fields)).isEqualTo(ours(fields));
    assertThat(ours(fields)).contains(Optional.empty(), Optional.of("a=3, b"));
  }

  @Test
  @Requirement({"SIG-1", "SIG-5"})
  void readsAndWritesTheSameOfFieldsThatAreBroken() throws Exception {
    SplittableRandom random = new SplittableRandom(9421);
    List<Field> fields = new ArrayList<>();
    for (String signature : SIGNATURES) {
      fields.add(new Field(Type.DICTIONARY, signature));
      for (int run = 0; run < RUNS / SIGNATURES.size(); run++) {
        fields.add(new Field(Type.DICTIONARY, broken(signature, random)));
      }
    }

    List<Optional<String>> ours = ours(fields);

    assertThat(theirs(fields)).isEqualTo(ours);
    assertThat(ours.stream().filter(Optional::isPresent).count()).isBetween(1000L, 5000L);
  }

  @Test
  void writesOneFormThatStaysAsItIs() throws Exception {
    List<Field> written =
        SIGNATURES.stream()
            .map(text -> new Field(Type.DICTIONARY, text.replace(" ", "  ").replace(";", "; ")))
            .map(field -> new Field(Type.DICTIONARY, field.ours().orElseThrow()))
            .toList();

    assertThat(written).extracting(Field::text).isEqualTo(SIGNATURES);
    assertThat(theirs(written)).isEqualTo(SIGNATURES.stream().map(Optional::of).toList());
  }

  /**
   * Each of these is by RFC 9651 what ours says: a decimal keeps its point (section 4.1.5), a date
   * may have parameters and neighbours (4.2.9), each byte of a display string has two hexadecimal
   * digits (4.1.11), and its UTF-8 is no file with a mark in front (4.2.10). No signature holds one
   * of them.
   */
  @Test
  void knowsWhereTheOtherErrs() throws Exception {
    List<Field> fields =
        List.of(
            new Field(Type.ITEM, "1.0"),
            new Field(Type.ITEM, "@1;a"),
            new Field(Type.LIST, "@1, @2"),
            new Field(Type.ITEM, "%\"%0a\""),
            new Field(Type.ITEM, "%\"%ef%bb%bfa\""));

    assertThat(ours(fields)).isEqualTo(fields.stream().map(Field::text).map(Optional::of).toList());
    assertThat(theirs(fields))
        .isEqualTo(
            List.of(
                Optional.of("1"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("%\"%a\""),
                Optional.of("%\"a\"")));
  }

  private static List<Optional<String>> ours(List<Field> fields) {
    return fields.stream().map(Field::ours).toList();
  }

  private List<Optional<String>> theirs(List<Field> fields)
      throws IOException, MalformedJsonException {
    String asked = JsonObject.toJson(fields.stream().map(Field::toJson).toList());
    String answer = NodeProject.answer("structured-fields.mjs", folder, asked);
    List<Optional<String>> theirs = new ArrayList<>();
    for (JsonObject each :
        JsonObject.parseArray(answer, JsonLimits.DEFAULT.withMaxBytes(16 * 1024 * 1024))) {
      theirs.add(each.string("text"));
    }
    return theirs;
  }

  private static String broken(String good, SplittableRandom random) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
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
}
