package dev.countersign.demo.tour;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.RefusalException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One exchange, taken apart, with those before it: what observations are made on. */
final class Evidence {
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final Form NOTHING = Form.builder().build();

  private final Exchange exchange;
  private final KeyRing keys;
  private final Story story;
  private final Form form;
  private final Form redirect;
  private final JsonObject json;

  Evidence(Exchange exchange, KeyRing keys, Story story) {
    this.exchange = exchange;
    this.keys = keys;
    this.story = story;
    this.form = form(exchange);
    this.redirect = location().map(Evidence::query).orElse(NOTHING);
    this.json =
        isJson(exchange.response())
            ? Json.parse(exchange.response().body()).orElseGet(Evidence::emptyObject)
            : emptyObject();
  }

  Exchange exchange() {
    return exchange;
  }

  Story story() {
    return story;
  }

  Issuer issuer() {
    return story.issuer();
  }

  int status() {
    return exchange.response().status();
  }

  /** The parameters of the request's body, or of its query if it has no form in its body. */
  Form form() {
    return form;
  }

  /** The parameters of the URL that a redirect leads to. */
  Form redirect() {
    return redirect;
  }

  Optional<URI> location() {
    return exchange.response().all("Location").stream().findFirst().map(URI::create);
  }

  /** The JSON of the answer; without members if it is no JSON. */
  JsonObject json() {
    return json;
  }

  /** The JSON of the request; without members if it is no JSON. */
  JsonObject sent() {
    return exchange
        .request()
        .headers()
        .first("content-type")
        .filter("application/json"::equals)
        .flatMap(_ -> Json.parse(exchange.request().body()))
        .orElseGet(Evidence::emptyObject);
  }

  Optional<String> requestHeader(String name) {
    return exchange.request().headers().first(name);
  }

  List<String> requestHeaders(String name) {
    return exchange.request().headers().all(name);
  }

  Optional<String> header(String name) {
    return exchange.response().all(name).stream().findFirst();
  }

  /** Whether the one field of the answer has this text in it. */
  boolean headerHas(String name, String text) {
    List<String> values = exchange.response().all(name);
    return values.size() == 1 && values.getFirst().contains(text);
  }

  /** The error that a challenge of the scheme DPoP names. */
  Optional<String> challengeError() {
    return Challenge.parse(exchange.response().all(Challenge.HEADER)).stream()
        .filter(challenge -> challenge.hasScheme("DPoP"))
        .findFirst()
        .flatMap(challenge -> challenge.attribute("error"));
  }

  /** The rule that the answering party named for its refusal. */
  Optional<String> rule() {
    return exchange.refusal().map(refusal -> refusal.rule().value());
  }

  Optional<SeenJwt> assertion() {
    return form.value("client_assertion").flatMap(text -> keys.read("client assertion", text));
  }

  Optional<SeenJwt> proof() {
    List<String> proofs = requestHeaders("DPoP");
    return proofs.size() == 1 ? keys.read("DPoP proof", proofs.getFirst()) : Optional.empty();
  }

  /** The access token that the request presents. */
  Optional<SeenJwt> presented() {
    return requestHeader("Authorization")
        .filter(value -> value.startsWith("DPoP "))
        .flatMap(value -> keys.read("access token", value.substring("DPoP ".length())));
  }

  /** Whether it is the access token that the request presents. */
  boolean isPresented(SeenJwt jwt) {
    return presented().filter(token -> token.compact().equals(jwt.compact())).isPresent();
  }

  /** The access token that the answer brings. */
  Optional<SeenJwt> issued() {
    return Json.text(json, "access_token").flatMap(text -> keys.read("access token", text));
  }

  Optional<SeenJwt> idToken() {
    return Json.text(json, "id_token").flatMap(text -> keys.read("ID token", text));
  }

  /** All that is signed in the request, then in the answer. */
  List<SeenJwt> signed() {
    return Stream.of(assertion(), presented(), proof(), issued(), idToken())
        .flatMap(Optional::stream)
        .toList();
  }

  /** The page that the answer brings; empty text if it is none. */
  String page() {
    return header("Content-Type").filter(type -> type.startsWith("text/html")).isPresent()
        ? new String(exchange.response().body(), UTF_8)
        : "";
  }

  private static Form form(Exchange exchange) {
    boolean posted =
        exchange.request().headers().first("content-type").filter(FORM_TYPE::equals).isPresent();
    return posted
        ? parse(new String(exchange.request().body(), UTF_8))
        : exchange.request().query().map(Evidence::parse).orElse(NOTHING);
  }

  private static Form query(URI location) {
    return Optional.ofNullable(location.getRawQuery()).map(Evidence::parse).orElse(NOTHING);
  }

  private static Form parse(String text) {
    try {
      return Form.parseQuery(text);
    } catch (RefusalException malformed) {
      return NOTHING;
    }
  }

  private static boolean isJson(HttpResponse response) {
    return response.all("Content-Type").stream().anyMatch(type -> type.contains("json"));
  }

  private static JsonObject emptyObject() {
    return JsonObject.builder().build();
  }
}
