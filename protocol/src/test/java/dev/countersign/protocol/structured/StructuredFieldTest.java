package dev.countersign.protocol.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.structured.BareItem.BooleanItem;
import dev.countersign.protocol.structured.BareItem.IntegerItem;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.BareItem.TokenItem;
import dev.countersign.requirement.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Items, lists and dictionaries. The cases are those of RFC 9651 sections 3 and 4 and, in our
 * words, of the working group's public test suite (httpwg/structured-field-tests).
 */
class StructuredFieldTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '  1  '                              | 1
          1; a; b=?0                           | 1;a;b=?0
          2; foourl="https://foo.example.com/" | 2;foourl="https://foo.example.com/"
          a;b=?1;c=?0                          | a;b;c=?0
          a;b=1;c=2;b=3                        | a;b=3;c=2
          a;b=1;b                              | a;b
          a;   b=1                             | a;b=1
          a;*k.l-m_9*=1                        | a;*k.l-m_9*=1
          """)
  void readsItemsWithParameters(String text, String canonical) throws Exception {
    assertThat(Item.parse(List.of(text)).serialize()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "  ", "\t1", "1\t", "1, 2", "1 2", "(1)", "a;", "a ;b", "a;b =1", "a;b= 1", "a;b=",
        "a;B=1", "a;1=1", "a;\tb", "a;b=(1)", "a;b=1;", "a;;b", "a\u00a0"
      })
  void refusesWhatIsNoItem(String text) {
    assertThatThrownBy(() -> Item.parse(List.of(text))).isInstanceOf(MalformedFieldException.class);
  }

  @Test
  void anItemIsNotOnNoLineAndNotOnTwo() {
    assertThatThrownBy(() -> Item.parse(List.of())).isInstanceOf(MalformedFieldException.class);
    assertThatThrownBy(() -> Item.parse(List.of("1", "2")))
        .isInstanceOf(MalformedFieldException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '  1,42'                      | 1, 42
          '1\t,\t42'                    | 1, 42
          '1 , 42  '                    | 1, 42
          sugar, tea, rum               | sugar, tea, rum
          (1 2), (42 43)                | (1 2), (42 43)
          (1),(),(42)                   | (1), (), (42)
          '(  1  42  )'                 | (1 42)
          (   )                         | ()
          ("foo"; a=1;b=2);lvl=5, ("bar" "baz");lvl=1 | ("foo";a=1;b=2);lvl=5, ("bar" "baz");lvl=1
          abc;a=1;b=2; cde_456, (ghi;jk=4 l);q="9";r=w | abc;a=1;b=2;cde_456, (ghi;jk=4 l);q="9";r=w
          text/html  ,  text/plain;  q=0.5;  charset=utf-8 | text/html, text/plain;q=0.5;charset=utf-8
          """)
  void readsLists(String text, String canonical) throws Exception {
    assertThat(ListField.parse(List.of(text)).serialize()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1, 42,",
        "1, 42, ",
        "1,,42",
        ",1",
        "1 42",
        "\t1",
        "(1\t 42)",
        "(1 42",
        "(1 2, (42 43)",
        "(1,2)",
        "((1))",
        "(",
        ")",
        "(1))",
        "(abc\"def\"?0123)",
        "text/html ;q=1",
        "a=1"
      })
  void refusesWhatIsNoList(String text) {
    assertThatThrownBy(() -> ListField.parse(List.of(text)))
        .isInstanceOf(MalformedFieldException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en="Applepie", da=:w4ZibGV0w6ZydGU=: | en="Applepie", da=:w4ZibGV0w6ZydGU=:
          '     a=1 ,  b=2'                    | a=1, b=2
          'a=1\t,\tb=2'                        | a=1, b=2
          a=?0, b, c; foo=bar                  | a=?0, b, c;foo=bar
          a=1, b=?1;foo=9, c=3                 | a=1, b;foo=9, c=3
          rating=1.5, feelings=(joy sadness)   | rating=1.5, feelings=(joy sadness)
          a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid | a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid
          a=()                                 | a=()
          a=1,b=2,a=3                          | a=3, b=2
          a=1,b=2,a;x                          | a;x, b=2
          a=(1 2); q=1.0                       | a=(1 2);q=1.0
          *a.b-c_d=1                           | *a.b-c_d=1
          """)
  void readsDictionaries(String text, String canonical) throws Exception {
    assertThat(DictionaryField.parse(List.of(text)).serialize()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1, b=2,",
        "a=1,,b=2",
        "a =1",
        "a= 1",
        "a=",
        "=1",
        "a=1,1b=2",
        "a=1,B=2",
        "a=1,b!=2",
        "a=1 b=2",
        "a;",
        "\ta=1",
        "a==1",
        "a=1;",
        "-a=1",
        ".a=1",
        "_a=1",
        "\u00e4=1",
        "a=(1"
      })
  void refusesWhatIsNoDictionary(String text) {
    assertThatThrownBy(() -> DictionaryField.parse(List.of(text)))
        .isInstanceOf(MalformedFieldException.class);
  }

  @Test
  void allLinesOfAFieldAreOneValue() throws Exception {
    assertThat(ListField.parse(List.of("foo", "(bar)")).serialize()).isEqualTo("foo, (bar)");
    assertThat(DictionaryField.parse(List.of("foo=1", "bar=2", "foo=3")).serialize())
        .isEqualTo("foo=3, bar=2");
  }

  @Test
  void aValueDoesNotReachOverTwoLinesButForAString() throws Exception {
    assertThatThrownBy(() -> ListField.parse(List.of("(1", "2)")))
        .isInstanceOf(MalformedFieldException.class);
    assertThatThrownBy(() -> ListField.parse(List.of("1", "", "2")))
        .isInstanceOf(MalformedFieldException.class);
    // Lines are joined before anything is known of strings: RFC 9651 section 4.2 warns of it.
    assertThat(ListField.parse(List.of("\"a", "b\"")).serialize()).isEqualTo("\"a, b\"");
  }

  @Test
  void aListOrDictionaryWithoutMembersIsAFieldThatIsNotSent() throws Exception {
    for (List<String> nothing : List.of(List.<String>of(), List.of(""), List.of("   "))) {
      assertThat(ListField.parse(nothing)).isEqualTo(new ListField(List.of()));
      assertThat(DictionaryField.parse(nothing)).isEqualTo(new DictionaryField(Map.of()));
    }
    assertThat(new ListField(List.of()).serialize()).isEmpty();
    assertThat(new DictionaryField(Map.of()).serialize()).isEmpty();
  }

  @Test
  @Requirement("SIG-1")
  void refusesALabelTwiceWhereKeysAreNames() throws Exception {
    assertThat(DictionaryField.parseDistinct(List.of("sig1=(), sig2=()")).members())
        .containsOnlyKeys("sig1", "sig2");
    assertThatThrownBy(() -> DictionaryField.parseDistinct(List.of("sig1=()", "sig1=()")))
        .isInstanceOf(MalformedFieldException.class)
        .hasMessage("a key comes twice");
  }

  @Test
  void givesMembersAndParametersByTheirKeys() throws Exception {
    DictionaryField dictionary =
        DictionaryField.parse(List.of("a=1;x=tok;y, b=(\"p\";req 2);z=?0"));

    assertThat(dictionary.get("a"))
        .contains(
            new Item(
                new IntegerItem(1),
                Parameters.NONE.with("x", new TokenItem("tok")).with("y", new BooleanItem(true))));
    assertThat(dictionary.get("b"))
        .contains(
            new InnerList(
                List.of(
                    new Item(new StringItem("p"), Parameters.NONE.with("req", BooleanItem.TRUE)),
                    Item.of(new IntegerItem(2))),
                Parameters.NONE.with("z", new BooleanItem(false))));
    assertThat(dictionary.get("c")).isEmpty();
    assertThat(dictionary.get("a").orElseThrow().parameters().get("x"))
        .contains(new TokenItem("tok"));
    assertThat(dictionary.get("a").orElseThrow().parameters().get("z")).isEmpty();
  }

  @Test
  void parametersAreEqualInAnyOrderAndWrittenInTheirs() {
    Parameters one = Parameters.NONE.with("a", BooleanItem.TRUE).with("b", new IntegerItem(1));
    Parameters other = Parameters.NONE.with("b", new IntegerItem(1)).with("a", BooleanItem.TRUE);

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.serialize()).isEqualTo(";a;b=1");
    assertThat(other.serialize()).isEqualTo(";b=1;a");
    assertThat(other.with("b", new IntegerItem(2)).serialize()).isEqualTo(";b=2;a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "a b", "a=", "\u00e4", "-a", "a\n"})
  void refusesToHoldAKeyThatIsNone(String key) {
    assertThatThrownBy(() -> Parameters.NONE.with(key, BooleanItem.TRUE))
        .isInstanceOf(IllegalArgumentException.class);
    Map<String, Member> members = Map.of(key, Item.of(BooleanItem.TRUE));
    assertThatThrownBy(() -> new DictionaryField(members))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesTheParametersOfASignatureAsTheyAreSigned() throws Exception {
    // RFC 9421 section 4.1, with spaces that another serialiser may leave.
    String sent =
        "sig1=(  \"@method\"   \"@target-uri\"; req ); created=1618884473;keyid=\"test-key\"";

    Member signatureParams = DictionaryField.parse(List.of(sent)).get("sig1").orElseThrow();

    assertThat(signatureParams.serialize())
        .isEqualTo("(\"@method\" \"@target-uri\";req);created=1618884473;keyid=\"test-key\"");
  }

  @Test
  void saysWhatIsWrongAndNeverTheValue() {
    assertThatThrownBy(() -> DictionaryField.parse(List.of("secret=secret^value!, \u00e4")))
        .isInstanceOfSatisfying(
            MalformedFieldException.class,
            refused -> assertThat(refused.reason()).doesNotContain("secret"));
  }
}
