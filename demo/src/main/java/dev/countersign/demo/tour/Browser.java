package dev.countersign.demo.tour;

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

/**
 * A person's browser, as much of it as the journey needs: cookies, forms, and redirects within one
 * site. It runs no script, because the pages have none. For one thread.
 */
final class Browser implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;

  private final HttpClient http;

  Browser(SSLContext trust, Duration timeout) {
    this.http =
        HttpClient.newBuilder()
            .sslContext(trust)
            .sslParameters(StrictTls.parameters())
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** Where the browser has come to. */
  sealed interface Place {
    /** A page. */
    record Shown(Document page) implements Place {
      /** The heading of the page. */
      String heading() {
        return Optional.ofNullable(page.selectFirst("h1")).map(Element::text).orElse("");
      }
    }

    /** Another site, which is not opened. */
    record Left(URI to) implements Place {}
  }

  Place open(URI url) throws IOException, InterruptedException {
    return follow(url, HttpRequest.newBuilder(url).GET().build());
  }

  /** Fills in the one form of the page, as a person would, and presses a button. */
  Place submit(Place.Shown shown, Map<String, String> typed, String choice)
      throws IOException, InterruptedException {
    Element form =
        Optional.ofNullable(shown.page().selectFirst("form"))
            .orElseThrow(() -> new IOException("the page has no form"));
    Form.Builder filled = Form.builder();
    for (Element field : form.select("input:not([type=radio])")) {
      filled.add(field.attr("name"), typed.getOrDefault(field.attr("name"), field.attr("value")));
    }
    // Where there is something to choose from, the first is as good as any.
    for (Element options : form.select("fieldset")) {
      Optional.ofNullable(options.selectFirst("input[type=radio]"))
          .ifPresent(first -> filled.add(first.attr("name"), first.attr("value")));
    }
    if (form.select("button[value=" + choice + "]").isEmpty()) {
      throw new IOException("the page has no button for " + choice);
    }
    filled.add("choice", choice);
    URI action = URI.create(form.absUrl("action"));
    HttpRequest post =
        HttpRequest.newBuilder(action)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(filled.build().encode()))
            .build();
    return follow(action, post);
  }

  private Place follow(URI from, HttpRequest request) throws IOException, InterruptedException {
    HttpRequest next = request;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      HttpResponse<String> response = http.send(next, BodyHandlers.ofString());
      Optional<String> location = response.headers().firstValue("Location");
      if (location.isEmpty()) {
        return new Place.Shown(Jsoup.parse(response.body(), next.uri().toString()));
      }
      URI to = next.uri().resolve(location.get());
      if (!from.getAuthority().equals(to.getAuthority())) {
        return new Place.Left(to);
      }
      next = HttpRequest.newBuilder(to).GET().build();
    }
    throw new IOException("too many redirects");
  }

  @Override
  public void close() {
    http.close();
  }
}
