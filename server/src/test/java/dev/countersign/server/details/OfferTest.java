package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.text.LocalText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person may choose, and what becomes of the detail. */
@Requirement({"RAR-7.1-1"})
class OfferTest {
  private static final Choice SALARY =
      choice("Salary", "{\"iban\": \"DE1\", \"currency\": \"EUR\"}");
  private static final Choice SAVINGS = choice("Savings", "{\"iban\": \"DE2\"}");
  private static final Map<String, List<Choice>> OWN =
      Map.of("accounts", List.of(SALARY, SAVINGS), "cards", List.of(choice("Card", "{}")));

  private static final ConsentTemplate ONE = Types.template();
  private static final ConsentTemplate MANY =
      Types.template(
          Types.CONSENT
              .replace("\"member\": \"/debtor\",", "\"member\": \"/accounts\",")
              .replace("\"many\": false", "\"many\": true"));

  private static Choice choice(String label, String value) {
    return new Choice(LocalText.of(label), Types.json(value));
  }

  private static Offer offer(ConsentTemplate template, String members) {
    return Offer.of(Types.payment(members), template, OWN).orElseThrow();
  }

  @Test
  void allOfThePersonsOwnIsOffered() {
    Offer offer = offer(ONE, "\"day\": \"today\"");
    assertThat(offer.choices()).containsExactly(SALARY, SAVINGS);
    assertThat(offer.preset()).isFalse();
    assertThat(offer(MANY, "\"accounts\": []").choices()).containsExactly(SALARY, SAVINGS);
  }

  @Test
  void aTypeWithoutChoiceOffersNothing() {
    assertThat(Offer.of(Types.payment("\"day\": \"x\""), ConsentTemplate.ofUnknown("payment"), OWN))
        .isEmpty();
  }

  @Test
  void ofWhatTheClientNamesOnlyThePersonsOwnIsOffered() {
    Offer named = offer(MANY, "\"accounts\": [{\"iban\": \"DE1\"}, {\"iban\": \"DE9\"}]");
    assertThat(named.choices()).containsExactly(SALARY);
    assertThat(named.preset()).isTrue();
    assertThat(offer(ONE, "\"debtor\": {\"iban\": \"DE2\"}").choices()).containsExactly(SAVINGS);
    // All that it says must be so.
    assertThat(offer(ONE, "\"debtor\": {\"iban\": \"DE2\", \"currency\": \"EUR\"}").choices())
        .isEmpty();
    assertThat(offer(ONE, "\"debtor\": {\"iban\": \"DE9\"}").choices()).isEmpty();
  }

  @Test
  void theOnlyOneIsPreset() {
    AuthorizationDetail detail = Types.payment("\"day\": \"x\"");
    assertThat(Offer.of(detail, ONE, Map.of("accounts", List.of(SAVINGS))).orElseThrow().preset())
        .isTrue();
    Offer none = Offer.of(detail, ONE, Map.of()).orElseThrow();
    assertThat(none.choices()).isEmpty();
    assertThat(none.preset()).isFalse();
  }

  @Test
  void whatWasChosenComesIntoTheDetailInPlaceOfWhatWasNamed() {
    AuthorizationDetail one = Types.payment("\"debtor\": {\"iban\": \"DE1\"}, \"day\": \"x\"");
    assertThat(offer(ONE, "\"day\": \"x\"").enrich(one, Set.of(1)))
        .isEqualTo(Types.payment("\"debtor\": {\"iban\": \"DE2\"}, \"day\": \"x\""));
    AuthorizationDetail many = Types.payment("\"accounts\": [{\"iban\": \"DE9\"}], \"day\": \"x\"");
    assertThat(offer(MANY, "\"day\": \"x\"").enrich(many, Set.of(1, 0)))
        .isEqualTo(
            Types.payment(
                "\"day\": \"x\", \"accounts\":"
                    + " [{\"iban\": \"DE1\", \"currency\": \"EUR\"}, {\"iban\": \"DE2\"}]"));
  }

  @Test
  void nothingOrMoreThanOneOrWhatWasNotOfferedIsRefused() {
    AuthorizationDetail detail = Types.payment("\"day\": \"x\"");
    Offer one = offer(ONE, "\"day\": \"x\"");
    assertThatThrownBy(() -> one.enrich(detail, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.enrich(detail, Set.of(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.enrich(detail, Set.of(2)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void itsTextTellsItFromEveryOther() {
    String text = offer(ONE, "\"day\": \"x\"").text();
    assertThat(text).isEqualTo(offer(ONE, "\"day\": \"y\"").text());
    assertThat(text).isNotEqualTo(offer(ONE, "\"debtor\": {\"iban\": \"DE1\"}").text());
    assertThat(text).isNotEqualTo(offer(MANY, "\"day\": \"x\"").text());
    Map<String, List<Choice>> renamed =
        Map.of("accounts", List.of(choice("Pay", "{\"iban\": \"DE1\"}"), SAVINGS));
    assertThat(text)
        .isNotEqualTo(Offer.of(Types.payment("\"day\": \"x\""), ONE, renamed).orElseThrow().text());
  }
}
