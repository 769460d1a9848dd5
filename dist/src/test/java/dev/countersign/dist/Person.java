package dev.countersign.dist;

import dev.countersign.protocol.http.Form;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A person at a browser: reads pages, fills in forms, presses buttons. */
final class Person {
  private Person() {}

  /** Follows the link, logs in, allows what is asked, and goes back to the client. */
  static void logIn(URI url, String username, String password, SSLContext trust) throws Exception {
    try (HttpClient browser =
        HttpClient.newBuilder()
            .sslContext(trust)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build()) {
      Document page = read(browser, HttpRequest.newBuilder(url).build());
      page = press(browser, page, Map.of("username", username, "password", password), "login");
      press(browser, page, Map.of(), "allow");
    }
  }

  private static Document press(
      HttpClient browser, Document page, Map<String, String> typed, String choice)
      throws Exception {
    Element form = page.expectFirst("form:has(button[value=" + choice + "])");
    Form.Builder filled = Form.builder();
    for (Element field : form.select("input")) {
      filled.add(field.attr("name"), typed.getOrDefault(field.attr("name"), field.attr("value")));
    }
    return read(
        browser,
        HttpRequest.newBuilder(URI.create(form.absUrl("action")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(filled.add("choice", choice).build().encode()))
            .build());
  }

  private static Document read(HttpClient browser, HttpRequest request) throws Exception {
    var response = browser.send(request, BodyHandlers.ofString());
    return Jsoup.parse(response.body(), response.uri().toString());
  }
}
