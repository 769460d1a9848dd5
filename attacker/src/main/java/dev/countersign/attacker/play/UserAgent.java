package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.OutOfBoundsException;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.attacker.wire.Texts;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A person's browser: cookies, forms and redirects, without scripts. Logs in as the target file
 * says, and never opens the redirect URI of a client unless told to. For one thread.
 */
public final class UserAgent {
  private static final int MAX_STEPS = 20;

  private final Line line;
  private final Set<String> redirectUris;
  private final Set<String> origins;
  private final Login login;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final CrossSiteCookies crossSite = new CrossSiteCookies();

  /**
   * A browser without cookies.
   *
   * @param redirectUris where it stops, because a client would take over
   * @param origins the sites, as {@code host:port}, between which it goes by itself
   * @param login who may get what people type
   */
  UserAgent(Line line, Set<String> redirectUris, Set<String> origins, Login login) {
    this.line = line;
    this.redirectUris = Set.copyOf(redirectUris);
    this.origins = Set.copyOf(origins);
    this.login = login;
  }

  /**
   * Opens an authorization request, logs in and agrees as the person does, until it comes back to a
   * client or there is nothing more to do.
   *
   * @throws IOException if there is no answer, or a bound ends it
   */
  public Landing authorize(URI url, TestUser user) throws IOException {
    Landing at = open(url);
    for (int i = 0; i < MAX_STEPS && at instanceof Landing.Shown shown; i++) {
      Optional<Filled> filled = fill(shown.page(), user);
      if (filled.isEmpty() || shown.page().status() >= 400) {
        return at;
      }
      at = submit(filled.get());
    }
    return at;
  }

  /** Opens a URL and follows redirects among the servers' pages. */
  public Landing open(URI url) throws IOException {
    return follow(get(url));
  }

  /** Sends a form as filled in, and follows redirects. */
  public Landing submit(Filled filled) throws IOException {
    return stops(filled.action())
        ? back(filled.action(), filled.form())
        : follow(post(filled.action(), filled.form(), List.of()));
  }

  /** Gets one URL; a redirect is not followed. */
  public Answer get(URI url) throws IOException {
    return send("GET", url, List.of(), new byte[0]);
  }

  /** The same with header fields. */
  public Answer get(URI url, List<Map.Entry<String, String>> fields) throws IOException {
    return send("GET", url, fields, new byte[0]);
  }

  /**
   * Posts a form with header fields of one's own; a redirect is not followed.
   *
   * @throws OutOfBoundsException if it holds what a person types, and is not for where people log
   *     in
   */
  public Answer post(URI url, Form form, List<Map.Entry<String, String>> fields)
      throws IOException {
    if (!login.mayTake(url, form)) {
      throw new OutOfBoundsException(
          "a form would give what a person types to "
              + Texts.oneLine(Bounds.authority(url), 200)
              + ", where nobody logs in");
    }
    List<Map.Entry<String, String>> all = new ArrayList<>();
    all.add(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
    if (fields.stream().noneMatch(field -> field.getKey().equalsIgnoreCase("Origin"))) {
      all.add(Map.entry("Origin", url.getScheme() + "://" + url.getRawAuthority()));
    }
    all.addAll(fields);
    return send("POST", url, all, form.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Any request with the cookies of this browser; a redirect is not followed. */
  public Answer send(String method, URI url, List<Map.Entry<String, String>> fields, byte[] body)
      throws IOException {
    return send(method, url, fields, body, cookies(url));
  }

  /**
   * Posts a form as a page of another site makes a browser do it: with its Origin, and without the
   * cookies that a browser keeps from such a request. A redirect is not followed.
   *
   * @param site the origin of the other site
   */
  public Answer postFrom(String site, URI url, Form form) throws IOException {
    List<Map.Entry<String, String>> fields =
        List.of(
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Origin", site),
            Map.entry("Referer", site + "/"),
            Map.entry("Sec-Fetch-Site", "cross-site"),
            Map.entry("Sec-Fetch-Mode", "navigate"));
    byte[] body = form.encode().getBytes(StandardCharsets.UTF_8);
    List<String> sent =
        cookies(url).stream().map(crossSite::sent).filter(one -> !one.isEmpty()).toList();
    return send("POST", url, fields, body, sent);
  }

  private List<String> cookies(URI url) throws IOException {
    return cookies.get(url, Map.of()).getOrDefault("Cookie", List.of());
  }

  private Answer send(
      String method,
      URI url,
      List<Map.Entry<String, String>> fields,
      byte[] body,
      List<String> ofCookies)
      throws IOException {
    List<Map.Entry<String, String>> all = new ArrayList<>(fields);
    ofCookies.forEach(cookie -> all.add(Map.entry("Cookie", cookie)));
    Answer answer =
        line.send(new Outgoing(Move.AUTHORIZE, method, url, all, body, Optional.empty()));
    cookies.put(url, Map.of("Set-Cookie", answer.headers().all("Set-Cookie")));
    answer.headers().all("Set-Cookie").forEach(crossSite::set);
    return answer;
  }

  /** Its cookies. */
  public CookieManager cookies() {
    return cookies;
  }

  /** Goes where an answer leads, until a page, a client or a foreign site. */
  public Landing follow(Answer first) throws IOException {
    Answer at = first;
    for (int i = 0; i < MAX_STEPS; i++) {
      Optional<URI> to = at.location();
      if (to.isEmpty()) {
        return posted(at).orElse(new Landing.Shown(at));
      }
      if (stops(to.get())) {
        return back(to.get(), parameters(to.get()));
      }
      if (!isOwn(to.get())) {
        return new Landing.Elsewhere(to.get());
      }
      at = get(to.get());
    }
    return new Landing.Shown(at);
  }

  private boolean isOwn(URI to) {
    return "https".equalsIgnoreCase(to.getScheme()) && origins.contains(Bounds.authority(to));
  }

  /** A page that would post to the client by itself (form_post). */
  private Optional<Landing> posted(Answer page) {
    return forms(page).stream()
        .map(form -> filled(form, Map.of(), List.of()))
        .filter(filled -> stops(filled.action()))
        .findFirst()
        .map(filled -> back(filled.action(), filled.form()));
  }

  private boolean stops(URI to) {
    String bare = to.toString().split("[?#]", 2)[0];
    return redirectUris.contains(bare);
  }

  private static Form parameters(URI to) {
    String query = to.getRawFragment() != null ? to.getRawFragment() : to.getRawQuery();
    return Form.parseQuery(query == null ? "" : query);
  }

  private static Landing back(URI to, Form parameters) {
    Optional<String> jwt = parameters.values("response").stream().findFirst();
    return new Landing.Back(jwt.map(UserAgent::claims).orElse(parameters), to, jwt);
  }

  /** What is no JWT has no parameters: nothing came back. */
  private static Form claims(String jwt) {
    Form.Builder form = Form.builder();
    JsonObject claims = UnverifiedJwt.claims(jwt).orElse(JsonObject.builder().build());
    for (String name : claims.names()) {
      UnverifiedJwt.text(claims, name).ifPresent(value -> form.add(name, value));
    }
    return form.build();
  }

  /**
   * A form, filled in.
   *
   * @param action where it goes
   * @param form what is in it
   */
  public record Filled(URI action, Form form) {}

  /** The form of a page as the person fills it in and presses a button; empty if it has none. */
  public static Optional<Filled> fill(Answer page, TestUser user) {
    return forms(page).stream()
        .filter(form -> !form.attr("method").equalsIgnoreCase("get"))
        .max(java.util.Comparator.comparingInt(form -> fits(form, user)))
        .map(form -> filled(form, user.fill(), user.press()));
  }

  /** A page can have a form for the language, too: the one that the person knows is meant. */
  static int fits(Element form, TestUser user) {
    int typed = (int) user.fill().keySet().stream().filter(name -> field(form, name)).count();
    int pressed = known(buttons(form), user.press()).isPresent() ? 1 : 0;
    return typed * 2 + pressed;
  }

  private static boolean field(Element form, String name) {
    return form.select("input, select, textarea").stream()
        .anyMatch(one -> one.attr("name").equals(name));
  }

  static List<Element> forms(Answer page) {
    Document document = Jsoup.parse(page.text(), page.url().toString());
    return document.select("form").stream().filter(form -> action(form).isPresent()).toList();
  }

  private static Filled filled(Element form, Map<String, String> typed, List<String> press) {
    Form.Builder filled = Form.builder();
    for (Element field : form.select("input[name], textarea[name]")) {
      String name = field.attr("name");
      switch (field.attr("type")) {
        case "submit", "button", "image", "reset", "radio" -> {}
        case "checkbox" -> {
          if (field.hasAttr("checked")) {
            filled.add(name, field.attr("value").isEmpty() ? "on" : field.attr("value"));
          }
        }
        default -> filled.add(name, typed.getOrDefault(name, field.val()));
      }
    }
    radios(form, filled);
    button(form, press)
        .filter(button -> !button.attr("name").isEmpty())
        .ifPresent(button -> filled.add(button.attr("name"), button.attr("value")));
    return new Filled(action(form).orElseThrow(), filled.build());
  }

  /** Where a form goes; empty if that is no URL. */
  private static Optional<URI> action(Element form) {
    String action = form.attr("action").isBlank() ? form.baseUri() : form.absUrl("action");
    try {
      return Optional.of(URI.create(action)).filter(url -> url.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where there is something to choose from, what is chosen already or the first. */
  private static void radios(Element form, Form.Builder filled) {
    List<String> names =
        form.select("input[type=radio]").eachAttr("name").stream().distinct().toList();
    for (String name : names) {
      List<Element> group =
          form.select("input[type=radio]").stream()
              .filter(one -> one.attr("name").equals(name))
              .toList();
      Element chosen =
          group.stream().filter(one -> one.hasAttr("checked")).findFirst().orElse(group.getFirst());
      filled.add(name, chosen.attr("value"));
    }
  }

  private static Optional<Element> button(Element form, List<String> press) {
    List<Element> buttons = buttons(form);
    return known(buttons, press).or(() -> buttons.stream().findFirst());
  }

  private static List<Element> buttons(Element form) {
    return form.select(Pages.BUTTON).stream().toList();
  }

  /** The first that the person says to press. */
  private static Optional<Element> known(List<Element> buttons, List<String> press) {
    for (String wanted : press) {
      for (Element button : buttons) {
        if (List.of(button.attr("value"), button.attr("name"), button.text()).contains(wanted)) {
          return Optional.of(button);
        }
      }
    }
    return Optional.empty();
  }

  /** Where a browser is, in a few words. */
  public static String brief(Landing landing) {
    return switch (landing) {
      case Landing.Back back -> "came back with " + back.error().orElse("no code");
      case Landing.Shown shown ->
          "a page of status " + shown.page().status() + heading(shown.page());
      case Landing.Elsewhere elsewhere -> "was sent to " + elsewhere.to().getHost();
    };
  }

  private static String heading(Answer page) {
    return Optional.ofNullable(Jsoup.parse(page.text()).selectFirst("h1"))
        .map(h1 -> " (" + Texts.oneLine(h1.text(), 80) + ")")
        .orElse("");
  }
}
