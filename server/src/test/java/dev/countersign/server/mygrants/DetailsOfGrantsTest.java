package dev.countersign.server.mygrants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Shown;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What a person sees of authorization details that they allowed: the words of their type. */
class DetailsOfGrantsTest extends GrantingTest {
  private static final String PAYMENT =
      """
      {"type":"payment_initiation",
       "instructedAmount":{"currency":"EUR","amount":"123.50"},
       "creditorName":"<b>Merchant</b> A",
       "creditorAccount":{"iban":"DE02100100109307118603"},
       "debtorAccount":{"iban":"DE02500105170137075030"}}
      """;
  private static final String HEALTH =
      """
      {"type":"health_record_access","actions":["read"],"datatypes":["medications"],
       "period":{"from":"2020-01-01","to":"2026-11-26"},"purpose":"treatment",
       "identifier":"A 123 456 789","validUntil":"2099-05-31"}
      """;

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replace(
            "    claims: {name: Anna Example",
            "    choices: {accounts: [{label: Savings, value: {iban: DE02500105170137075030}}]}\n"
                + "    claims: {name: Anna Example");
  }

  private Params asking(String details) {
    return request().with("scope", "openid").and(AuthorizationDetails.NAME, details);
  }

  @Test
  @Requirement({"RAR-12-3"})
  void areToldInTheWordsOfTheirTypes() {
    Browser anna = anna();
    allow(anna, asking("[" + PAYMENT + "," + HEALTH + "]"));
    Shown list = anna.show(url());
    Shown ask = asked(anna);
    for (Document page : List.of(list.document(), ask.document())) {
      assertThat(page.select("main .asks li").eachText()).containsExactly("Know that it is you");
      assertThat(page.select("main").text())
          .contains("123.50", "<b>Merchant</b> A", "DE02 1001 0010 9307 1186 03", "A 123 456 789")
          .contains("DE02 5001 0517 0137 0750 30")
          .doesNotContain("instructedAmount", "health_record_access");
      assertThat(page.select("main b, main script")).isEmpty();
    }
    assertThat(list.document().select("h3")).hasSize(2);
    assertThat(ask.document().select("h2").eachText())
        .isEqualTo(list.document().select("h3").eachText());
  }

  @Test
  void areNotAdvisedAboutOnceTheyAreAllowed() {
    String signing =
        """
        {"type":"document_signing","hashAlgorithmOID":"2.16.840.1.101.3.4.2.1",
         "documentDigests":[
           {"label":"a.pdf","hash":"sTOgwOm+474gFj0q0x1iSNspKqbcse4IeiqlDg/HWuI="}]}
        """;
    Browser anna = anna();
    Shown consent = anna.start(asking("[" + signing + "]"));
    assertThat(consent.document().text()).contains("Allow it only if you have read them.");
    allow(anna, asking("[" + signing + "]"));
    assertThat(anna.show(url()).document().text())
        .contains("Sign these documents in your name", "a.pdf")
        .doesNotContain("Allow it only");
  }

  @Test
  void endWithTheGrant() {
    Browser anna = anna();
    allow(anna, asking("[" + HEALTH + "]"));
    Shown ask = asked(anna);
    Shown done = new Shown(ask.action(), anna.press(ask, "end"));
    assertThat(done.document().select("section")).isEmpty();
    assertThat(done.reply().text()).doesNotContain("A 123 456 789");
  }
}
