package dev.countersign.demo;

import dev.countersign.protocol.http.Form;
import dev.countersign.remote.StrictTls;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** One browser with its own cookies, without script: opens pages, fills in forms, follows. */
final class TestBrowser implements AutoCloseable {
  private static final int MAX_REDIRECTS = 10;

  private final CookieManager cookies = new CookieManager();
  private final HttpClient http;

  TestBrowser(SSLContext trust) {
    this.http =
        HttpClient.newBuilder()
            .sslContext(trust)
            .sslParameters(StrictTls.parameters())
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Where the browser has come to.
   *
   * @param path the addresses on the way, the last one is that of the page
   */
  record Page(List<URI> path, int status, HttpHeaders headers, Document html) {
    URI url() {
      return path.getLast();
    }

    String heading() {
      return Optional.ofNullable(html.selectFirst("h1")).map(Element::text).orElse("");
    }

    String text() {
      return html.text();
    }

    Element form(String action) {
      return Optional.ofNullable(html.selectFirst("form[action=" + action + "]"))
          .orElseThrow(() -> new AssertionError("no form for " + action + " on " + html));
    }

    /** The fields of a form as they stand. */
    Form.Builder fields(String action) {
      Form.Builder fields = Form.builder();
      form(action)
          .select("input")
          .forEach(field -> fields.add(field.attr("name"), field.attr("value")));
      return fields;
    }
  }

  Page open(URI url) {
    return follow(HttpRequest.newBuilder(url).GET().build());
  }

  /** Fills in a form and presses its button. */
  Page submit(Page page, String action, Map<String, String> typed) {
    Form.Builder filled = Form.builder();
    for (Element field : page.form(action).select("input:not([type=radio])")) {
      String name = field.attr("name");
      filled.add(name, typed.getOrDefault(name, field.attr("value")));
    }
    // Where there is something to choose from, the first is as good as any.
    for (Element options : page.form(action).select("fieldset")) {
      Optional.ofNullable(options.selectFirst(picked(typed)))
          .ifPresent(first -> filled.add(first.attr("name"), first.attr("value")));
    }
    Optional.ofNullable(typed.get("choice")).ifPresent(choice -> filled.add("choice", choice));
    return post(page.url().resolve(action), filled.build());
  }

  /** The one that is to be picked, by what its label says, or else the first. */
  private static String picked(Map<String, String> typed) {
    return Optional.ofNullable(typed.get("pick"))
        .map(label -> "label:contains(" + label + ") input[type=radio]")
        .orElse("input[type=radio]");
  }

  Page post(URI url, Form form) {
    return follow(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form.encode()))
            .build());
  }

  /** One request, no redirect followed. */
  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Page follow(HttpRequest request) {
    List<URI> path = new ArrayList<>();
    HttpRequest next = request;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      path.add(next.uri());
      HttpResponse<String> response = send(next);
      Optional<String> location = response.headers().firstValue("Location");
      if (location.isEmpty()) {
        Document html = Jsoup.parse(response.body(), next.uri().toString());
        return new Page(path, response.statusCode(), response.headers(), html);
      }
      next = HttpRequest.newBuilder(next.uri().resolve(location.get())).GET().build();
    }
    throw new AssertionError("too many redirects: " + path);
  }

  /** The value of a cookie; empty if the browser does not have it. */
  Optional<String> cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  @Override
  public void close() {
    http.close();
  }
}
