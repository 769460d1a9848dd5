package dev.countersign.server.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.text.Texts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person reads when something cannot go on. */
class ErrorPageTest extends BrowserTest {
  private static final FapiInteractionId ID =
      new FapiInteractionId("c770aef3-6784-41f7-8e0e-ff5f97bddb3a");
  private static final Pages PAGES =
      new Pages(
          new Pages.Frame(
              "Bank",
              "as.example.com",
              "/pages.css",
              "/icon",
              Optional.empty(),
              "/logout",
              Optional.empty()),
          Texts.builtIn());

  private static HttpResponse written(Refusal refusal, String language) {
    Headers headers = Headers.of(List.of(Map.entry("Accept-Language", language)));
    return PAGES.write(
        refusal,
        new HttpRequest("GET", "/x", Optional.empty(), headers, new byte[0], "127.0.0.1"),
        ID);
  }

  private static Document page(Refusal refusal, String language) {
    return Jsoup.parse(new String(written(refusal, language).body(), UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void eachTroubleHasWordsOfItsOwnInEachLanguage(Trouble trouble) {
    Refusal refusal = trouble.refusal("PAR-8");
    List<Document> pages = Stream.of("en", "de").map(tag -> page(refusal, tag)).toList();
    assertThat(pages.getFirst().select("h1").text())
        .isNotEqualTo(pages.getLast().select("h1").text());
    for (Document page : pages) {
      assertThat(page.select("main p").eachText()).hasSizeBetween(3, 4);
      assertThat(page.select(".reference").text()).isEqualTo(ID.value());
      assertThat(page.select("h1, header, main, footer")).hasSize(4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OVER            | This page is over           | go back to the application",
        "UNKNOWN_REQUEST | There is nothing to answer  | go back to the application",
        "TOO_OFTEN       | There is nothing to answer  | go back to the application",
        "OTHER_BROWSER   | This is not the browser     | open the page in the browser in which",
        "NOT_PUSHED      | The application made        | tell its makers",
        "UNKNOWN_ADDRESS | The application made        | tell its makers",
        "BUSY            | Many people log in          | wait a moment",
        "UNREADABLE      | This request cannot         | go back to the application",
        "BROKEN          | Something went wrong on our | try again in a few minutes"
      })
  void saysWhatHappenedAndWhatToDoNext(Trouble trouble, String heading, String next) {
    Document page = page(trouble.refusal("PAR-8"), "en");
    assertThat(page.select("h1").text()).startsWith(heading);
    assertThat(page.select("main").text()).containsIgnoringCase(next);
  }

  @Test
  void aRefusalThatNobodyThoughtOfFallsIntoOneOfTwo() {
    Refusal ours = Refusal.oauth(OAuthError.SERVER_ERROR, "OA-1", "whatever");
    Refusal theirs = Refusal.http(413, "PAR-1", "the body is larger than 64 KiB");
    assertThat(Trouble.of(ours)).isEqualTo(Trouble.BROKEN);
    assertThat(Trouble.of(theirs)).isEqualTo(Trouble.UNREADABLE);
    assertThat(page(ours, "de").text()).doesNotContain("whatever");
    assertThat(page(theirs, "de").select("[lang=en].technical").text())
        .isEqualTo("the body is larger than 64 KiB.");
  }

  @Test
  void whoHadNoTurnIsToldToWaitAMoment() {
    HttpResponse busy = written(Trouble.BUSY.refusal("PAR-1"), "en");
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.all("Retry-After")).containsExactly("2");
    assertThat(written(Trouble.OVER.refusal("PAR-8"), "en").all("Retry-After")).isEmpty();
  }

  @Test
  void theReferenceIsTheInteractionIdOfTheVeryResponse() {
    Browser browser = browser();
    URI url = server.url("/interaction");
    Shown fresh = browser.show(url);
    assertThat(fresh.document().select(".reference").text())
        .isEqualTo(fresh.reply().header("x-fapi-interaction-id").orElseThrow())
        .isEqualTo(server.logged("interaction_id").orElseThrow());
    List<Map.Entry<String, String>> given = List.of(Map.entry("x-fapi-interaction-id", ID.value()));
    Shown named = new Shown(url, browser.send("GET", url, given, new byte[0]));
    assertThat(named.document().select(".reference").text()).isEqualTo(ID.value());
  }
}
