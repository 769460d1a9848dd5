package dev.countersign.server.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.SignedAnswer;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page whose form brings a signed answer to the client. */
@Requirement({"JARM-4"})
class FormPostPageTest extends BrowserTest {
  private static final String NAME = "The <script>alert(1)</script> & \"App\" </h1>";
  private static final String PLAIN = "https://app.example.com/callback";

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replace("name: The App\n", "name: '" + NAME + "'\n")
        .replace(
            "'http://127.0.0.1/callback'",
            "'http://127.0.0.1/callback', 'http://[::1]/cb', '" + PLAIN + "?a=%22%3E&b=c'");
  }

  private Params posted() {
    return request().with("response_mode", ResponseMode.FORM_POST_JWT.value());
  }

  private Reply denied(Params request) {
    Browser browser = browser();
    return browser.press(browser.loggedIn(browser.start(request)), "deny");
  }

  private static Document document(Reply reply) {
    return new Shown(URI.create("https://as.example.com"), reply).document();
  }

  @Test
  @Requirement({"JARM-4", "BCP-4.2", "BCP-4.16", "ATT-20", "A1-36", "A1-40"})
  void isKeptByNobodyAndCannotBeFramed() {
    Reply page = denied(posted());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.header("Cache-Control")).contains("no-cache, no-store");
    assertThat(page.header("X-Frame-Options")).contains("DENY");
    assertThat(page.header("Referrer-Policy")).contains("no-referrer");
    assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
  }

  /** The hash is that of what the page holds, so that a browser runs this script and no other. */
  @ParameterizedTest
  @CsvSource({
    "https://app.example.com/callback, ''",
    "http://127.0.0.1:5000/callback, ' http://127.0.0.1:5000'",
    "http://[::1]:5000/cb, ' http:'"
  })
  @Requirement({"BCP-4.16", "ATT-20"})
  void mayRunItsOneScriptAndSendItsFormToTheClientAndOn(String redirectUri, String source)
      throws NoSuchAlgorithmException {
    Reply page = denied(posted().with("redirect_uri", redirectUri));
    String script = document(page).select("script").html();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
    assertThat(page.header("Content-Security-Policy"))
        .contains(
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                + " frame-ancestors 'none'; form-action 'self' https:"
                + source
                + "; script-src 'sha256-"
                + Base64.getEncoder().encodeToString(digest)
                + "'");
    assertThat(document(page).select("script")).hasSize(1);
    assertThat(document(page).select("[onload], [onclick], script[src]")).isEmpty();
  }

  @Test
  @Requirement({"S-06", "MS-5.4.1-N"})
  void hasOneFieldAndAButtonForThoseWithoutScript() {
    Document page = document(denied(posted()));
    assertThat(page.select("form")).hasSize(1);
    assertThat(page.select("form[method=post][action=" + PLAIN + "]")).hasSize(1);
    assertThat(page.select("form [name]")).hasSize(1);
    assertThat(page.select("form input[type=hidden][name=response]")).hasSize(1);
    assertThat(page.select("form button[type=submit]").text()).isEqualTo("Continue");
    assertThat(page.select("a[href]")).isEmpty();
  }

  @Test
  @Requirement({"A1-37", "IA-2.7-2"})
  void escapesTheNameOfTheClientAndItsAddress() {
    String redirectUri = PLAIN + "?a=%22%3E&b=c";
    Reply reply = denied(posted().with("redirect_uri", redirectUri).with("state", NAME));
    Document page = document(reply);
    assertThat(page.select("h1").text()).isEqualTo("Back to " + NAME);
    assertThat(page.select("h1 > *")).isEmpty();
    assertThat(page.select("form").attr("action")).isEqualTo(redirectUri);
    assertThat(SignedAnswer.of(reply, ResponseMode.FORM_POST_JWT, redirectUri).target())
        .isEqualTo(redirectUri);
  }

  @Test
  @Requirement({"IA-2.7-1"})
  void speaksTheLanguageThatTheClientAsksFor() {
    Document german = document(denied(posted().with("ui_locales", "de")));
    assertThat(german.select("html").attr("lang")).isEqualTo("de");
    assertThat(german.select("h1").text()).startsWith("Zurück zu ");
    assertThat(german.select("form button").text()).isEqualTo("Weiter");
    assertThat(document(denied(posted())).select("html").attr("lang")).isEqualTo("en");
  }
}
