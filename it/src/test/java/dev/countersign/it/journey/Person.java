package dev.countersign.it.journey;

import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A person at a browser with cookies: reads pages, fills in forms, presses buttons. */
final class Person implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;

  private final HttpClient browser;
  private final String username;

  Person(SSLContext trust, Wire wire, String username) {
    this.browser =
        new OverheardClient(
            HttpClient.newBuilder()
                .sslContext(trust)
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build(),
            wire);
    this.username = username;
  }

  /** Where the browser has come to: a page, or the door of another site. */
  private record Place(URI at, Optional<Document> page) {}

  /**
   * Logs in, with each of the passwords in turn, and allows what is asked; where that leads. Who
   * allowed it before is not asked again.
   */
  URI agree(URI authorizationUrl, String... passwords) {
    Place place = follow(authorizationUrl, HttpRequest.newBuilder(authorizationUrl).build());
    for (String password : List.of(passwords)) {
      place = press(place, Map.of("username", username, "password", password), "login");
    }
    if (place.page().isPresent()) {
      place = press(place, Map.of(), "allow");
    }
    if (place.page().isPresent()) {
      throw new AssertionError("still at \"" + place.page().get().title() + "\"");
    }
    return place.at();
  }

  /**
   * Logs in and allows what is asked, of a server that has the browser post the answer to the
   * client; what it posts.
   *
   * @param to where it must be posted to
   */
  String agreeToPost(URI authorizationUrl, String password, URI to) {
    return posted(press(loggedIn(authorizationUrl, password), Map.of(), "allow"), to);
  }

  private static String posted(Place place, URI to) {
    Element form = place.page().map(page -> page.selectFirst("form[method=post]")).orElseThrow();
    if (!form.absUrl("action").equals(to.toString())) {
      throw new AssertionError("it is posted to " + form.absUrl("action"));
    }
    Form.Builder filled = Form.builder();
    form.select("input").forEach(field -> filled.add(field.attr("name"), field.attr("value")));
    return filled.build().encode();
  }

  /** Does not allow what is asked; where that leads. */
  URI deny(URI authorizationUrl, String password) {
    return press(loggedIn(authorizationUrl, password), Map.of(), "deny").at();
  }

  /** Does not allow what is asked, of such a server; what its browser posts. */
  String denyToPost(URI authorizationUrl, String password, URI to) {
    return posted(press(loggedIn(authorizationUrl, password), Map.of(), "deny"), to);
  }

  private Place loggedIn(URI authorizationUrl, String password) {
    Place place = follow(authorizationUrl, HttpRequest.newBuilder(authorizationUrl).build());
    return press(place, Map.of("username", username, "password", password), "login");
  }

  private Place press(Place place, Map<String, String> typed, String choice) {
    Document page =
        place.page().orElseThrow(() -> new AssertionError("no page at " + place.at().getHost()));
    Element form = page.selectFirst("form:has(button[value=" + choice + "])");
    if (form == null) {
      throw new AssertionError("no button " + choice + " at \"" + page.title() + "\"");
    }
    Form.Builder filled = Form.builder();
    for (Element field : form.select("input")) {
      filled.add(field.attr("name"), typed.getOrDefault(field.attr("name"), field.attr("value")));
    }
    URI action = URI.create(form.absUrl("action"));
    return follow(
        action,
        HttpRequest.newBuilder(action)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(filled.add("choice", choice).build().encode()))
            .build());
  }

  private Place follow(URI from, HttpRequest request) {
    HttpRequest next = request;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      HttpResponse<String> response = send(next);
      Optional<String> location = response.headers().firstValue("Location");
      if (location.isEmpty()) {
        return new Place(
            next.uri(), Optional.of(Jsoup.parse(response.body(), next.uri().toString())));
      }
      URI to = next.uri().resolve(location.get());
      if (!to.getAuthority().equals(from.getAuthority())) {
        return new Place(to, Optional.empty());
      }
      next = HttpRequest.newBuilder(to).build();
    }
    throw new AssertionError("redirects without end");
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return browser.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    browser.close();
  }
}
