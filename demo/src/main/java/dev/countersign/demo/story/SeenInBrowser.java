package dev.countersign.demo.story;

import dev.countersign.demo.scene.Cast;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** What must be seen between the person's browser and the authorization server. */
final class SeenInBrowser {
  private SeenInBrowser() {}

  static List<Observation> authorize() {
    return Observation.all(
        List.of(
            List.of(
                Observation.of(
                    "SP-5.3.3.2-6",
                    "only client_id and request_uri go through the browser",
                    e -> e.form().names().equals(Set.of("client_id", "request_uri"))),
                Observation.of(
                    "PAR-10",
                    "request_uri is the one that the push brought",
                    e ->
                        e.form()
                            .value("request_uri")
                            .flatMap(uri -> e.story().find(push -> brought(push, uri)))
                            .isPresent())),
            redirect(),
            always()));
  }

  static List<Observation> login() {
    return Observation.all(List.of(redirect(), always()));
  }

  static List<Observation> page() {
    return Observation.all(
        List.of(
            List.of(
                Observation.of(
                    "BCP-4.16",
                    "no other page may frame this one",
                    e ->
                        e.headerHas("Content-Security-Policy", "frame-ancestors 'none'")
                            && e.headerHas("X-Frame-Options", "DENY")),
                Observation.of(
                    "BCP-4.2",
                    "nothing is loaded from elsewhere, and no referrer leaves",
                    e ->
                        e.headerHas("Content-Security-Policy", "default-src 'none'")
                            && e.headerHas("Referrer-Policy", "no-referrer"))),
            always()));
  }

  static List<Observation> consentPage() {
    return Observation.all(
        List.of(
            page(),
            List.of(
                Observation.of(
                    "SP-5.3.2.2-13",
                    "the page names the client and all that it asks for",
                    SeenInBrowser::tellsAll))));
  }

  /** In the language that the page says it is in. */
  private static boolean tellsAll(Evidence e) {
    Document page = Jsoup.parse(e.page());
    String text = page.text();
    return text.contains(Cast.CLIENT_NAME)
        && push(e).filter(push -> SeenInDetails.tellsAll(page, text, push)).isPresent();
  }

  /** The pushed request that a page is about: the page has the name of the interaction. */
  private static Optional<Evidence> push(Evidence e) {
    return e.form()
        .value("interaction")
        .flatMap(
            name ->
                e.story()
                    .find(
                        MessageKind.AUTHORIZE,
                        opened -> opened.redirect().value("interaction").equals(Optional.of(name))))
        .flatMap(opened -> opened.form().value("request_uri"))
        .flatMap(uri -> e.story().find(push -> brought(push, uri)));
  }

  static List<Observation> consent() {
    return Observation.all(
        List.of(
            List.of(
                Observation.of(
                    "SP-5.4.1-4",
                    "the code is 256 random bits",
                    e -> SeenInPush.matches(SeenInPush.SECRET, e.brought().value("code")))),
            back()));
  }

  /** The way back to the client, with a code or an error. */
  static List<Observation> back() {
    return Observation.all(
        List.of(
            List.of(
                Observation.of(
                    "SP-5.3.2.2-7",
                    "iss comes with the answer",
                    e -> e.brought().value("iss").equals(Optional.of(e.issuer().value()))),
                Observation.of(
                    "SP-5.3.2.2-N4",
                    "state comes back unchanged",
                    e ->
                        e.brought().has("state")
                            && e.brought().value("state").equals(pushed(e, "state"))),
                Observation.of(
                    "BCP-2.1-1",
                    "the browser goes to the pushed redirect URI, to nowhere else",
                    e ->
                        e.location()
                            .map(to -> to.toString().split("\\?", 2)[0])
                            .equals(pushed(e, "redirect_uri"))),
                Observation.of(
                    "SP-5.3.2.2-8",
                    "the answer travels over https",
                    e -> e.location().filter(to -> "https".equals(to.getScheme())).isPresent())),
            redirect(),
            always()));
  }

  /** The client sends the browser to the server. */
  static List<Observation> start() {
    return List.of(
        Observation.of(
            "SP-5.3.3.2-6",
            "only client_id and request_uri go through the browser",
            e -> e.redirect().names().equals(Set.of("client_id", "request_uri"))));
  }

  /** The browser brings the answer to the client. */
  static List<Observation> callback() {
    return List.of(
        Observation.of(
            "BCP-4.2",
            "nothing of the address that holds the code leaves with a referrer",
            e -> e.headerHas("Referrer-Policy", "no-referrer")));
  }

  private static List<Observation> redirect() {
    return List.of(
        Observation.of(
            "SP-5.3.2.2-11",
            "the redirect is a 303",
            e -> e.status() == 303 && e.location().isPresent()),
        Observation.of(
            "SP-5.3.2.2-10", "and no 307, which would repeat the form", e -> e.status() != 307));
  }

  private static List<Observation> always() {
    return List.of(
        Observation.of(
            "SP-5.2.3-1",
            "the browser is told to come by https only",
            e -> e.headerHas("Strict-Transport-Security", "max-age=")),
        Observation.of(
            "SP-5.2.3-3",
            "no other origin is allowed",
            e -> e.header("Access-Control-Allow-Origin").isEmpty()));
  }

  private static boolean brought(Evidence push, String requestUri) {
    return Json.text(push.json(), "request_uri").equals(Optional.of(requestUri));
  }

  /** A parameter of the pushed request that the redirect answers. */
  private static Optional<String> pushed(Evidence e, String parameter) {
    return e.brought()
        .value("state")
        .flatMap(state -> SeenInTokens.pushOf(e.story(), state))
        .flatMap(push -> push.asked().value(parameter));
  }
}
