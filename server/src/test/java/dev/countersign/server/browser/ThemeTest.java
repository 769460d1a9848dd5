package dev.countersign.server.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's name, logo and colours. */
class ThemeTest extends BrowserTest {
  private static final String SVG =
      "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";

  @TempDir static Path pictures;

  @Override
  protected String configuration(String yaml) {
    Path logo = pictures.resolve("logo");
    try {
      Files.writeString(logo, SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return super.configuration(yaml)
        + "pages: {name: 'Bank <b> & Sons', logo: '"
        + logo
        + "', accent: '#7a1f2b', accent_dark: '#ffb4bd'}\n";
  }

  private List<Shown> pages() {
    Browser browser = browser();
    Shown login = browser.start();
    return List.of(login, browser.loggedIn(login), browser().show(login.url()));
  }

  @Test
  @Requirement({"A1-37"})
  void everyPageBearsTheOperatorsNameAndLogo() {
    for (Shown page : pages()) {
      assertThat(page.document().select("header .operator").text()).isEqualTo("Bank <b> & Sons");
      assertThat(page.document().title()).endsWith("Bank <b> & Sons");
      assertThat(page.document().select("header b")).isEmpty();
      Element logo = page.document().select("header img").getFirst();
      assertThat(logo.attr("alt")).isEmpty();
      assertThat(logo.attr("src")).matches("/tenant/pages-logo[?]v=[0-9a-f]{16}");
      assertThat(page.document().select("footer").text()).contains("as.example.com");
    }
  }

  @Test
  @Requirement({"A1-37"})
  void theLogoIsServedSoThatNothingInItRuns() {
    URI url =
        URI.create(pages().getFirst().document().select("header img").getFirst().absUrl("src"));
    Reply logo = server.get(url);
    assertThat(logo.status()).isEqualTo(200);
    assertThat(logo.text()).isEqualTo(SVG);
    assertThat(logo.header("Content-Type")).contains("image/svg+xml");
    assertThat(logo.header("Content-Security-Policy"))
        .contains("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
    assertThat(logo.header("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void theStyleSheetHasTheColours() {
    String css = server.get(server.url("/pages.css")).text();
    assertThat(css).contains("--accent: #7a1f2b", "--accent: #ffb4bd");
    assertThat(css.getBytes(UTF_8)).hasSizeLessThan(16 * 1024);
  }

  @Test
  void whatAPageLoadsIsKeptForGoodUnderItsOwnAddressOnly() {
    Shown page = pages().getFirst();
    String css = page.document().select("link[rel=stylesheet]").getFirst().absUrl("href");
    String logo = page.document().select("header img").getFirst().absUrl("src");
    for (String address : List.of(css, logo)) {
      assertThat(server.get(URI.create(address)).header("Cache-Control")).contains(FOR_GOOD);
      for (String other : List.of("", "?v=", "?v=0123456789abcdef", "?w=1")) {
        URI url = URI.create(address.replaceFirst("[?].*", other));
        assertThat(server.get(url).header("Cache-Control")).contains("no-cache");
      }
    }
  }
}
