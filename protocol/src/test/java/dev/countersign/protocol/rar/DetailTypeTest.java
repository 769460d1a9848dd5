package dev.countersign.protocol.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class DetailTypeTest {
  static final List<String> READY = DetailType.READY;

  private static final String LEAST =
      "{'type': 't', 'schema': {'type': 'object'}, 'personal': [], 'sensitive': false,"
          + " 'use': 'many'}";

  private static InvalidDetailTypeException fault(String text) {
    InvalidDetailTypeException fault =
        catchThrowableOfType(
            InvalidDetailTypeException.class, () -> DetailType.parse(TypeSamples.json(text)));
    assertThat(fault).as("nothing was refused").isNotNull();
    return fault;
  }

  @ParameterizedTest
  @FieldSource("READY")
  void readyTypesCanBeRead(String name) {
    DetailType type = DetailType.ready(name);
    assertThat(type.name()).isEqualTo(name);
    assertThat(type.personal()).isNotEmpty();
    assertThat(type.resources()).isEmpty();
    assertThat(type.isSensitive()).isEqualTo(name.equals("health_record_access"));
  }

  @Test
  void whatIsDoneOnceIsSaidByTheReadyTypes() {
    assertThat(DetailType.ready("payment_initiation").use()).isEqualTo(DetailType.Use.ONCE);
    assertThat(DetailType.ready("document_signing").use()).isEqualTo(DetailType.Use.ONCE);
    assertThat(DetailType.ready("account_information").use()).isEqualTo(DetailType.Use.MANY);
  }

  @Test
  void thereIsNoOtherReadyType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DetailType.ready("../payment_initiation"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'use': 'many'      | 'use': 'many', 'x': 1                  | /x",
        "'type': 't'        | 'typ': 't'                             | /typ",
        "'type': 't',       | ``                                     | /type",
        "'type': 't'        | 'type': 't t'                          | /type",
        "'type': 't'        | 'type': ''                             | /type",
        "'type': 't'        | 'type': 7                              | /type",
        "{'type': 'object'} | {}                                     | /schema",
        "{'type': 'object'} | true                                   | /schema",
        "'personal': [],    | ``                                     | /personal",
        "'personal': []     | 'personal': ['creditor']               | /personal",
        "'personal': []     | 'personal': '/creditor'                | /personal",
        "'personal': []     | 'personal': ['']                       | /personal",
        "'personal': []     | 'personal': ['/type']                  | /personal",
        "'sensitive': false | 'sensitive': 'no'                      | /sensitive",
        "'sensitive': false,| ``                                     | /sensitive",
        "'many'             | 'twice'                                | /use",
        "'many'             | 'once', 'merge': {'join': '/a'}        | /merge",
        "'many'             | 'many', 'merge': 'keep'                | /merge",
        "'many'             | 'many', 'merge': {'join': '/a/b'}      | /merge/join",
        "'many'             | 'many', 'merge': {'join': '/type'}     | /merge/join",
        "'many'             | 'many', 'merge': {'join': ''}          | /merge/join",
        "'many'             | 'many', 'merge': {'join': '/a', 'replace_same': '/b'} | /merge",
        "'many'             | 'many', 'merge': {'replace_same': 'a'} | /merge/replace_same",
        "'many'             | 'many', 'compare': []                  | /compare",
        "'many'             | 'many', 'compare': {'/a': 'less'}      | /compare/~1a",
        "'many'             | 'many', 'compare': {'/a': 1}           | /compare/~1a",
        "'many'             | 'many', 'compare': {'a': 'any'}        | /compare/a",
        "'many'             | 'many', 'compare': {'': 'any'}         | /compare/",
        "'many'             | 'many', 'compare': {'/type': 'any'}    | /compare/~1type",
        "'many'             | 'many', 'compare': {'/locations': 'any'} | /compare/~1locations",
        "'many'             | 'many', 'compare': {'/locations/0': 'at_most'}"
            + " | /compare/~1locations~10",
        "'many'             | 'many', 'compare': {'/a': 'any', '/a/b': 'any'} | /compare/~1a~1b",
        "'many'             | 'many', 'compare': {'/a': {'implies': ['b']}} | /compare/~1a/implies",
        "'many'             | 'many', 'compare': {'/a': {'implies': {'b': 'c'}}}"
            + " | /compare/~1a/implies",
        "'many'             | 'once', 'without_person': true         | /without_person",
        "'many'             | 'many', 'unbounded': ['/type']         | /unbounded",
        "'many'             | 'many', 'unbounded': ['']              | /unbounded",
        "'many'             | 'many', 'unbounded': 'a'               | /unbounded",
        "'many'             | 'many', 'until': 'a'                   | /until",
        "'many'             | 'many', 'until': ''                    | /until",
        "'many'             | 'many', 'until': '/type'               | /until",
        "'many'             | 'many', 'until': ['/a']                | /until",
        "'many'             | 'many', 'until': '/a', 'compare': {'/a': 'any'}       | /until",
        "'many'             | 'many', 'until': '/a', 'compare': {'/a': 'at_least'}  | /until",
        "'many'             | 'many', 'until': '/a/b', 'compare': {'/a': 'any'}     | /until",
        "'many'             | 'many', 'until': '/a', 'compare': {'/a/b': 'any'}     | /until",
        "'many'             | 'many', 'resources': []                | /resources",
        "'many'             | 'many', 'resources': ['accounts']      | /resources",
        "'many'             | 'many', 'consent': 'yes'               | /consent"
      })
  void saysWhereAFileIsWrong(String text, String instead, String place) {
    assertThat(LEAST).contains(text);
    assertThat(fault(LEAST.replace(text, instead)).where()).hasToString(place);
  }

  @Test
  void whatAFileNamesStaysOnItsLine() {
    InvalidDetailTypeException named = fault(LEAST.replace("'use'", "'\\n[\u007f': 1, 'use'"));
    assertThat(named).hasMessageStartingWith("/\\u000a[\\u007f: is no member of a type");
    assertThat(named.where()).hasToString("/\n[\u007f");
    InvalidDetailTypeException cited =
        fault(LEAST.replace("'use'", "'compare': {'/\u007f': 'any', '/\u007f/b': 'any'}, 'use'"));
    assertThat(cited.fault()).isEqualTo("is within or around /\\u007f, which has a rule");
    assertThat(fault(LEAST.replace("'use'", "'" + "x".repeat(2000) + "': 1, 'use'")))
        .message()
        .hasSize(903)
        .endsWith("xxx...");
  }

  @Test
  @Requirement({"RAR-3.1-1"})
  void saysWhatWordsImply() {
    DetailType type =
        TypeSamples.type(
            LEAST.replace(
                "'many'",
                "'many', 'compare': {'/may': {'implies': {'own': ['write'], 'write': ['read']}},"
                    + " '/of/may': {'implies': {'a': ['b', 'a']}}}"));
    JsonObject object =
        TypeSamples.detail("{'type':'t','may':['own','own'],'n':null,'of':{'may':'a','x':['own']}}")
            .json();
    assertThat(type.withImplied(object).toJson().replace('"', '\''))
        .isEqualTo(
            "{'type':'t','may':['own','write','read'],'n':null,"
                + "'of':{'may':['a','b'],'x':['own']}}");
    JsonObject nothing = TypeSamples.detail("{'type':'t','may':['read',7,'read'],'of':7}").json();
    assertThat(type.withImplied(nothing)).isEqualTo(nothing);
  }

  @Test
  @Requirement({"RAR-13"})
  void leavesOutWhatIsPersonal() {
    DetailType type =
        TypeSamples.type(LEAST.replace("'personal': []", "'personal': ['/a', '/b/c', '/d/e']"));
    AuthorizationDetail detail =
        TypeSamples.detail(
            "{'type':'t','a':{'x':1},'b':{'c':'secret','y':2},'d':[{'e':'secret'}],'z':3}");
    assertThat(type.redacted(detail))
        .isEqualTo(TypeSamples.detail("{'type':'t','b':{'y':2},'z':3}"));
    AuthorizationDetail none = TypeSamples.detail("{'type':'t','b':7}");
    assertThat(type.redacted(none)).isEqualTo(TypeSamples.detail("{'type':'t'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                             | true  | true",
        "`'locations':[]`                               | true  | true",
        "`'locations':['https://a.example']`            | true  | false",
        "`'locations':['https://b.example','https://a.example']` | true | true",
        "`'locations':['https://A.example']`            | false | false",
        "`'locations':['https://a.example/']`           | false | false",
        "`'locations':'https://a.example'`              | false | false",
        "`'locations':[['https://a.example']]`          | false | false",
        "`'locations':['https://a.example',7]`          | false | false",
        "`'locations':{}`                               | false | false",
        "`'locations':null`                             | false | false"
      })
  @Requirement({"RAR-9-1", "RAR-12-2"})
  void isForThoseThatItNamesOrForAll(String members, boolean atA, boolean atB) {
    AuthorizationDetail detail = TypeSamples.detail(ofT(members));
    ResourceIndicator a = new ResourceIndicator("https://a.example");
    ResourceIndicator b = new ResourceIndicator("https://b.example");
    assertThat(detail.isFor(a)).isEqualTo(atA);
    assertThat(detail.isFor(b)).isEqualTo(atB);
    assertThat(TypeSamples.type(LEAST).isFor(detail, a)).isEqualTo(atA);
    DetailType ofB =
        TypeSamples.type(LEAST.replace("'use'", "'resources':['https://b.example'],'use'"));
    assertThat(ofB.isFor(detail, a)).isFalse();
    assertThat(ofB.isFor(detail, b)).isEqualTo(atB);
  }

  @Test
  void comparesForEqualityAndKeepsBothIfNothingIsSaid() {
    DetailType type = TypeSamples.type(LEAST);
    assertThat(type.merging()).isEqualTo(new Merging.KeepBoth());
    assertThat(within(type, "{'type':'t','a':[1]}", "{'type':'t','a':[1]}")).isTrue();
    assertThat(within(type, "{'type':'t','a':[1]}", "{'type':'t','a':[1,2]}")).isFalse();
  }

  private static boolean within(DetailType type, String asked, String granted) {
    return type.isWithin(TypeSamples.detail(asked), TypeSamples.detail(granted));
  }

  @Test
  @Requirement({"RAR-6.1-1"})
  void anObjectOfAnotherTypeIsNeverWithin() {
    DetailType type = TypeSamples.type(LEAST);
    assertThat(within(type, "{'type':'t'}", "{'type':'u'}")).isFalse();
    assertThat(within(type, "{'type':'u'}", "{'type':'u'}")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`'a': 1`                            | `'a': 1`                            | true",
        "`'a': 1`                            | `'a': 1.0`                          | false",
        "`'a': 'é'`                          | `'a': 'e\u0301'`                    | false",
        "`'a': 'x'`                          | `'a': 'X'`                          | false",
        "`'a': null`                         | ``                                  | false",
        "``                                  | `'a': 1`                            | false",
        "`'a': {'b': 1}`                     | `'a': {'b': 1, 'c': 2}`             | false",
        "`'shelves': ['a']`                  | `'shelves': ['b', 'a']`             | true",
        "`'shelves': []`                     | `'shelves': ['b']`                  | false",
        "`'shelves': []`                     | `'shelves': []`                     | true",
        "`'shelves': ['a', 'c']`             | `'shelves': ['b', 'a']`             | false",
        "`'shelves': 'a'`                    | `'shelves': ['a']`                  | false",
        "`'shelves': ['a']`                  | ``                                  | false",
        "``                                  | `'shelves': ['a']`                  | false",
        "`'shelves': [{'x': 1}]`             | `'shelves': [{'x': 1}, 2]`          | true",
        "`'shelves': [{'x': 1}]`             | `'shelves': [{'x': 1, 'y': 2}]`     | false",
        "`'fee': {'amount': '9.99'}`         | `'fee': {'amount': '10'}`           | true",
        "`'fee': {'amount': '10.00'}`        | `'fee': {'amount': '10'}`           | true",
        "`'fee': {'amount': '10.01'}`        | `'fee': {'amount': '10'}`           | false",
        "`'fee': {'amount': 9}`              | `'fee': {'amount': 10.5}`           | true",
        "`'fee': {'amount': 11}`             | `'fee': {'amount': 10.5}`           | false",
        "`'fee': {'amount': 9}`              | `'fee': {'amount': '10'}`           | false",
        "`'fee': {'amount': '1e0'}`          | `'fee': {'amount': '10'}`           | false",
        "`'fee': {'amount': 'ten'}`          | `'fee': {'amount': 'ten'}`          | true",
        "`'fee': {'amount': '9', 'in': 'A'}` | `'fee': {'amount': '9', 'in': 'B'}` | false",
        "`'fee': {'amount': '9', 'in': 'A'}` | `'fee': {'amount': '9'}`            | false",
        "`'from': '2026-02-01'`              | `'from': '2026-01-31'`              | true",
        "`'from': '2026-01-30'`              | `'from': '2026-01-31'`              | false",
        "`'from': '2026-02-01T00:00:00Z'`    | `'from': '2026-01-31'`              | false",
        "`'from': '2026-02-01T01:00:00+01:00'` | `'from': '2026-02-01T00:00:00Z'`  | true",
        "`'from': '2026-02-01T00:59:59+01:00'` | `'from': '2026-02-01T00:00:00Z'`  | false",
        "`'actions': ['look']`               | `'actions': ['borrow']`             | true",
        "`'actions': ['look', 'borrow']`     | `'actions': ['extend']`             | true",
        "`'actions': ['extend']`             | `'actions': ['borrow']`             | false",
        "`'actions': ['look', 'other']`      | `'actions': ['extend']`             | false",
        "`'actions': []`                     | `'actions': ['borrow']`             | false",
        "`'actions': 'look'`                 | `'actions': 'borrow'`               | true",
        "`'actions': 'look'`                 | `'actions': ['borrow']`             | false",
        "`'note': 'x'`                       | ``                                  | true",
        "``                                  | `'note': {'x': 1}`                  | true"
      })
  @Requirement({"RAR-6.1-1", "RAR-12-2"})
  void comparesEachMemberByItsRule(String asked, String granted, boolean within) {
    DetailType type = TypeSamples.borrowing("'keep_both'");
    assertThat(within(type, object(asked), object(granted))).isEqualTo(within);
  }

  private static String object(String members) {
    return members.isEmpty() ? "{'type':'borrowing'}" : "{'type':'borrowing'," + members + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`'until': '2026-02-01'`    | ``                          | true",
        "``                         | `'until': '2026-02-01'`     | false",
        "`'until': '2026-02-01'`    | `'until': '2026-01-31'`     | false",
        "`'in': {'a': 1}`           | `'in': {}`                  | true",
        "`'in': {'a': 1, 'b': 1}`   | `'in': {'b': 1}`            | true",
        "`'in': {'a': 1, 'b': 1}`   | `'in': {'a': 1}`            | false",
        "`'in': {'a': 1}`           | ``                          | false",
        "`'other': 1`               | ``                          | false"
      })
  @Requirement({"RAR-6.1-1"})
  void whatAGrantDoesNotHaveBoundsNothingWhereTheTypeSaysSo(
      String asked, String granted, boolean within) {
    DetailType type =
        TypeSamples.type(
            LEAST.replace(
                "'use'", "'compare':{'/until':'at_most'},'unbounded':['/until','/in/a'],'use'"));
    assertThat(within(type, ofT(asked), ofT(granted))).isEqualTo(within);
  }

  private static String ofT(String members) {
    return members.isEmpty() ? "{'type':'t'}" : "{'type':'t'," + members + "}";
  }

  @Test
  @Requirement({"RAR-6.1-1"})
  void aResourceCanSayWhenItLooksWhetherOrNotTheGrantHasAnEnd() {
    DetailType type = DetailType.ready("account_information");
    String act = "{'type':'account_information','actions':['list_accounts'],%s}";
    String today = act.formatted("'validUntil':'2026-11-26'");
    assertThat(within(type, today, act.formatted("'validUntil':'2026-11-26'"))).isTrue();
    assertThat(within(type, today, act.formatted("'validUntil':'2026-11-25'"))).isFalse();
    assertThat(within(type, today, "{'type':'account_information','actions':['read_balances']}"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`'for': {'until': '2026-11-26'}`  | 2026-11-26T00:00:00Z     | false",
        "`'for': {'until': '2026-11-26'}`  | 2026-11-26T23:59:59.999Z | false",
        "`'for': {'until': '2026-11-26'}`  | 2026-11-27T00:00:00Z     | true",
        "`'for': {'until': '2026-11-26'}`  | 2027-11-26T00:00:00Z     | true",
        "`'for': {'until': '9999-12-31'}`  | 2026-11-27T00:00:00Z     | false",
        "`'for': {'until': 'for ever'}`    | 2026-11-26T00:00:00Z     | true",
        "`'for': {'until': 20991231}`      | 2026-11-26T00:00:00Z     | true",
        "`'for': {'until': null}`          | 2026-11-26T00:00:00Z     | true",
        "`'for': {}`                       | 2026-11-26T00:00:00Z     | false",
        "`'until': '2026-11-25'`           | 2026-11-26T00:00:00Z     | false"
      })
  @Requirement({"RAR-9-1"})
  void anObjectIsOverWhenTheDayThatItNamesHasEnded(String members, Instant now, boolean over) {
    DetailType type =
        TypeSamples.type(
            LEAST.replace("'use'", "'compare':{'/for':'equal'},'until':'/for/until','use'"));
    assertThat(type.isOver(TypeSamples.detail(ofT(members)), now)).isEqualTo(over);
    assertThat(TypeSamples.type(LEAST).isOver(TypeSamples.detail(ofT(members)), now)).isFalse();
  }

  @Test
  void readyTypesWithAnEndSayWhereItIs() {
    assertThat(DetailType.ready("account_information").until())
        .hasToString("Optional[/validUntil]");
    assertThat(DetailType.ready("health_record_access").until())
        .hasToString("Optional[/validUntil]");
    assertThat(DetailType.ready("payment_initiation").until()).isEmpty();
  }

  @Test
  @Requirement({"RAR-6.1-1"})
  void aReadyPaymentTakesALowerAmountAndNothingElse() {
    DetailType payment = DetailType.ready("payment_initiation");
    String granted =
        "{'type':'payment_initiation','instructedAmount':{'currency':'EUR','amount':'123.50'},"
            + "'creditorName':'Merchant A','creditorAccount':{'iban':'DE02100100109307118603'}}";
    assertThat(within(payment, granted.replace("123.50", "123.49"), granted)).isTrue();
    assertThat(within(payment, granted.replace("123.50", "123.51"), granted)).isFalse();
    assertThat(within(payment, granted.replace("EUR", "JPY"), granted)).isFalse();
    assertThat(within(payment, granted.replace("8603", "8604"), granted)).isFalse();
    assertThat(within(payment, granted.replace("Merchant A", "Merchant B"), granted)).isFalse();
  }

  private static String merged(String rule, String before, String added) {
    DetailType type = TypeSamples.borrowing(rule);
    return Merging.merge(
            TypeSamples.details(before), TypeSamples.details(added), name -> type.merging())
        .toJson()
        .replace("\"type\":\"borrowing\",", "")
        .replace('"', '\'');
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void mergesByTheRuleOfTheType() {
    String a = "[{'type':'borrowing','id':'1','shelves':['a','b']}]";
    String b =
        "[{'type':'borrowing','id':'1','shelves':['b','c']},"
            + "{'type':'borrowing','id':'2','shelves':['c']}]";
    assertThat(merged("'keep_both'", a, b))
        .isEqualTo(
            "[{'id':'1','shelves':['a','b']},{'id':'1','shelves':['b','c']},"
                + "{'id':'2','shelves':['c']}]");
    assertThat(merged("'keep_both'", a, a)).isEqualTo("[{'id':'1','shelves':['a','b']}]");
    assertThat(merged("{'replace_same':'/id'}", a, b))
        .isEqualTo("[{'id':'1','shelves':['b','c']},{'id':'2','shelves':['c']}]");
    assertThat(merged("{'join':'/shelves'}", a, b))
        .isEqualTo("[{'id':'1','shelves':['a','b','c']},{'id':'2','shelves':['c']}]");
  }

  @Test
  void whatHasNoValueToReplaceByOrNoArrayToJoinStays() {
    String none = "[{'type':'borrowing','from':'2026-01-01'},{'type':'borrowing'}]";
    assertThat(merged("{'replace_same':'/id'}", none, none))
        .isEqualTo("[{'from':'2026-01-01'},{'type':'borrowing'}]");
    assertThat(merged("{'join':'/shelves'}", none, "[{'type':'borrowing','shelves':['a']}]"))
        .isEqualTo("[{'from':'2026-01-01'},{'type':'borrowing'},{'shelves':['a']}]");
  }
}
