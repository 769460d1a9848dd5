package dev.countersign.attacker.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private final String html = HtmlReport.of(SampleFindings.all());
  private final Document page = Jsoup.parse(html);

  @Test
  void loadsNothingAndRunsNothing() {
    assertThat(page.select("script, link, img, iframe, object, embed, form, base")).isEmpty();
    assertThat(page.select("[src], [style]")).isEmpty();
    assertThat(page.getAllElements())
        .noneMatch(
            one -> one.attributes().asList().stream().anyMatch(a -> a.getKey().startsWith("on")));
    assertThat(page.select("a[href]")).allMatch(link -> link.attr("href").startsWith("#"));
    assertThat(html).doesNotContain("url(", "@import");
  }

  @Test
  void allowsItsOwnStyleSheetAloneByItsHash() throws Exception {
    String css = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
    Element meta = page.selectFirst("head > meta[http-equiv=Content-Security-Policy]");
    assertThat(meta).isNotNull();
    assertThat(meta.attr("content"))
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                .formatted(Base64.getEncoder().encodeToString(digest)));
    assertThat(css).contains("prefers-color-scheme: dark");
  }

  @Test
  void showsMarkupOfTheServerAsText() {
    assertThat(html).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(page.selectFirst(".finding .found strong").text())
        .startsWith("answered 200 <script>alert(1)</script>");
    assertThat(page.select("pre").text()).contains("error_description").contains("]]>&\"'");
  }

  @Test
  void showsNoCharacterThatIsNotSeen() {
    assertThat(html).doesNotContain("\u0000", "\u001b", "\u202e").contains("\ufffd");
  }

  @Test
  void saysTheWholeInOneSentenceAndCounts() {
    assertThat(page.selectFirst("h2.headline").text()).isEqualTo("1 attack succeeded.");
    assertThat(page.select(".tiles li").eachText())
        .hasSize(6)
        .contains("3 –NOT RUN not tried", "1 ✗VULNERABLE the attack succeeded");
  }

  @Test
  void doesNotCallGreenWhatWasInterrupted() {
    Findings calm =
        SampleFindings.without(
            Verdict.VULNERABLE, Verdict.INCONCLUSIVE, Verdict.SECURE_BUT_ODD_CODE);
    Element headline =
        Jsoup.parse(HtmlReport.of(SampleFindings.interrupted(calm))).selectFirst("h2.headline");
    assertThat(headline.text())
        .isEqualTo("Interrupted after 6 of 131 recipes. No attack succeeded.");
    assertThat(headline.hasClass("v-inconclusive")).isTrue();
    assertThat(headline.hasClass("v-secure")).isFalse();
  }

  @Test
  void hasNoIdTwice() {
    assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
  }

  @Test
  void hasHeadersOfRowsAndColumnsAndLinksFromCellsToRecipes() {
    assertThat(page.select("thead th[scope=col]").eachText())
        .containsExactly(
            "Attacker",
            "authorization",
            "authentication",
            "session integrity",
            "non-repudiation",
            "beyond the model");
    assertThat(page.select("tbody th[scope=row]")).hasSize(6);
    Element first = page.selectFirst("tbody td");
    assertThat(first.text()).startsWith("✗VULNERABLE").contains("VULNERABLE A1-19", "SECURE A1-02");
    for (Element link : page.select("a[href^=#recipe-]")) {
      assertThat(page.getElementById(link.attr("href").substring(1)))
          .as(link.outerHtml())
          .isNotNull();
    }
  }

  @Test
  void tellsNoVerdictByColourAlone() {
    for (Verdict verdict : Verdict.values()) {
      for (Element badge : page.select(".badge." + Page.style(verdict))) {
        assertThat(badge.text()).contains(Page.sign(verdict));
        assertThat(badge.ownText()).isNotEmpty();
      }
    }
    assertThat(page.select(".badge.v-secure-but-odd-code")).isNotEmpty();
  }

  @Test
  void hasACardForEveryRecipeWithStepsAndMessages() {
    for (Result result : SampleFindings.all().results()) {
      assertThat(page.getElementById("recipe-" + result.about().name()))
          .as(result.about().id())
          .isNotNull();
    }
    Element card = page.getElementById("recipe-code-replay");
    assertThat(card.text())
        .contains("SP-5.3.2.2-9 a code is redeemed once")
        .contains("A1 web attacker, A1a web attacker with an authorization server")
        .contains("authorization, session integrity", "ATT-05", "a client, a user");
    assertThat(card.select(".steps > li")).hasSize(3);
    assertThat(card.selectFirst(".steps .twin").text()).contains("done right", "SUCCEEDED");
    assertThat(card.select("details.exchange")).hasSize(3);
    assertThat(card.selectFirst("pre").text()).contains("grant_type=authorization_code");
  }

  @Test
  void saysWhatAFindingMeansAndWhatToChange() {
    assertThat(page.selectFirst(".finding").text())
        .contains("A code that leaked after its use still gives tokens.", "in one atomic step");
    Document calm =
        Jsoup.parse(
            HtmlReport.of(
                SampleFindings.without(
                    Verdict.VULNERABLE, Verdict.INCONCLUSIVE, Verdict.SECURE_BUT_ODD_CODE)));
    assertThat(calm.select(".finding")).isEmpty();
    assertThat(calm.selectFirst("h2.headline").text()).isEqualTo("No attack succeeded.");
  }

  @Test
  void headingsGoDownOneLevelAtATime() {
    int before = 0;
    for (Element heading : page.select("h1, h2, h3, h4, h5")) {
      int level = heading.tagName().charAt(1) - '0';
      assertThat(level).as(heading.text()).isLessThanOrEqualTo(before + 1);
      before = level;
    }
  }
}
