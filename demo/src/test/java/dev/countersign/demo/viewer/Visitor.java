package dev.countersign.demo.viewer;

import dev.countersign.protocol.http.Form;
import dev.countersign.remote.StrictTls;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A person with a browser: cookies, forms and redirects, up to a host that does not answer. */
final class Visitor implements AutoCloseable {
  private final HttpClient http;
  private final URI unattended;

  /**
   * A browser without cookies.
   *
   * @param unattended an address that is not opened: its URL is what the visit ends with
   */
  Visitor(SSLContext trust, URI unattended) {
    this.unattended = unattended;
    this.http =
        HttpClient.newBuilder()
            .sslContext(trust)
            .sslParameters(StrictTls.parameters())
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  /**
   * Where the visit has come to.
   *
   * @param url of the page, or of what is not opened
   */
  record Place(URI url, Document page) {
    boolean has(String selector) {
      return page.selectFirst(selector) != null;
    }
  }

  Place open(URI url) throws IOException, InterruptedException {
    return follow(HttpRequest.newBuilder(url).GET().build());
  }

  /** Fills in the form that has this button, and presses it. */
  Place press(Place at, String button, Map<String, String> typed)
      throws IOException, InterruptedException {
    Element pressed =
        Optional.ofNullable(at.page().selectFirst(button))
            .orElseThrow(() -> new AssertionError("no " + button + " on " + at.page().text()));
    Element form = Optional.ofNullable(pressed.closest("form")).orElseThrow();
    Form.Builder filled = Form.builder();
    for (Element field : form.select("input[name]:not([type=radio])")) {
      filled.add(field.attr("name"), typed.getOrDefault(field.attr("name"), field.attr("value")));
    }
    // Where there is something to choose from, the first is as good as any.
    for (Element options : form.select("fieldset")) {
      Optional.ofNullable(options.selectFirst("input[type=radio]"))
          .ifPresent(first -> filled.add(first.attr("name"), first.attr("value")));
    }
    if (!pressed.attr("name").isEmpty()) {
      filled.add(pressed.attr("name"), pressed.attr("value"));
    }
    return follow(
        HttpRequest.newBuilder(URI.create(form.absUrl("action")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(filled.build().encode()))
            .build());
  }

  private Place follow(HttpRequest first) throws IOException, InterruptedException {
    HttpRequest next = first;
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> response = http.send(next, BodyHandlers.ofString());
      Optional<String> location = response.headers().firstValue("Location");
      if (location.isEmpty()) {
        return new Place(next.uri(), Jsoup.parse(response.body(), next.uri().toString()));
      }
      URI to = next.uri().resolve(location.get());
      if (to.getAuthority().equals(unattended.getAuthority())) {
        return new Place(to, new Document(to.toString()));
      }
      next = HttpRequest.newBuilder(to).GET().build();
    }
    throw new AssertionError("too many redirects");
  }

  @Override
  public void close() {
    http.close();
  }
}
