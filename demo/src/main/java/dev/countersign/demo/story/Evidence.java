package dev.countersign.demo.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Party;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jarm.ResponseJwt;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.RefusalException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One exchange, taken apart, with those before it: what observations are made on. */
public final class Evidence {
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final Form NOTHING = Form.builder().build();

  private final Exchange exchange;
  private final KeyRing keys;
  private final Story story;
  private final Form form;
  private final Form redirect;
  private final Form asked;
  private final Form brought;
  private final JsonObject json;

  /** An exchange before the story goes on with it. */
  Evidence(Exchange exchange, KeyRing keys, Story story) {
    this.exchange = exchange;
    this.keys = keys;
    this.story = story;
    this.form = form(exchange);
    this.redirect = location().map(Evidence::query).orElse(NOTHING);
    this.asked = requestObject().map(Evidence::inside).orElse(form);
    this.brought = responseJwt().map(Evidence::inside).orElse(redirect);
    this.json =
        isJson(exchange.response())
            ? Json.parse(exchange.response().body()).orElseGet(Evidence::emptyObject)
            : emptyObject();
  }

  /** The exchange itself. */
  public Exchange exchange() {
    return exchange;
  }

  /** What was told before. */
  public Story story() {
    return story;
  }

  /** The authorization server. */
  public Issuer issuer() {
    return story.issuer();
  }

  /** The status of the answer. */
  public int status() {
    return exchange.response().status();
  }

  /** The parameters of the request's body, or of its query if it has no form in its body. */
  public Form form() {
    return form;
  }

  /** The parameters of the URL that a redirect leads to. */
  public Form redirect() {
    return redirect;
  }

  /** The parameters of an authorization request: those in its signed object, if it has one. */
  public Form asked() {
    return asked;
  }

  /** The parameters of an authorization response: those in its JWT, if it is signed. */
  public Form brought() {
    return brought;
  }

  /** Where the answer leads to. */
  public Optional<URI> location() {
    return exchange.response().all("Location").stream().findFirst().map(URI::create);
  }

  /** The JSON of the answer; without members if it is no JSON. */
  public JsonObject json() {
    return json;
  }

  /** The JSON of the request; without members if it is no JSON. */
  public JsonObject sent() {
    return exchange
        .request()
        .headers()
        .first("content-type")
        .filter("application/json"::equals)
        .flatMap(_ -> Json.parse(exchange.request().body()))
        .orElseGet(Evidence::emptyObject);
  }

  /** A field of the request, the first of that name. */
  public Optional<String> requestHeader(String name) {
    return exchange.request().headers().first(name);
  }

  /** All fields of the request of that name. */
  public List<String> requestHeaders(String name) {
    return exchange.request().headers().all(name);
  }

  /** A field of the answer, the first of that name. */
  public Optional<String> header(String name) {
    return exchange.response().all(name).stream().findFirst();
  }

  /** Whether the one field of the answer has this text in it. */
  public boolean headerHas(String name, String text) {
    List<String> values = exchange.response().all(name);
    return values.size() == 1 && values.getFirst().contains(text);
  }

  /** The error that a challenge of the scheme DPoP names. */
  public Optional<String> challengeError() {
    return Challenge.parse(exchange.response().all(Challenge.HEADER)).stream()
        .filter(challenge -> challenge.hasScheme("DPoP"))
        .findFirst()
        .flatMap(challenge -> challenge.attribute("error"));
  }

  /** The rule that the answering party named for its refusal. */
  public Optional<String> rule() {
    return exchange.refusal().map(refusal -> refusal.rule().value());
  }

  /** What the client authenticates with. */
  public Optional<SeenJwt> assertion() {
    return form.value("client_assertion").flatMap(text -> keys.read("client assertion", text));
  }

  /** The signed object that an authorization request is in. */
  public Optional<SeenJwt> requestObject() {
    return form.value(RequestObject.PARAMETER)
        .flatMap(text -> keys.read(SeenJwt.REQUEST_OBJECT, text));
  }

  /** The JWT that an authorization response is in. */
  public Optional<SeenJwt> responseJwt() {
    return redirect.value(ResponseJwt.PARAMETER).flatMap(text -> keys.read(SeenJwt.RESPONSE, text));
  }

  /** The JWT of an authorization response that the browser brings to the client. */
  public Optional<SeenJwt> deliveredJwt() {
    return form.value(ResponseJwt.PARAMETER)
        .filter(_ -> exchange.to() == Party.CLIENT)
        .flatMap(text -> keys.read(SeenJwt.RESPONSE, text));
  }

  /** The JWT that an answer about a token is (RFC 9701). */
  public Optional<SeenJwt> introspected() {
    return header("Content-Type")
        .filter(IntrospectionJwt.MEDIA_TYPE::equals)
        .flatMap(_ -> keys.read(SeenJwt.INTROSPECTION, body()));
  }

  /** The signature of the HTTP request itself. */
  public Optional<SeenSignature> requestSignature() {
    return HttpSignatures.ofRequest(exchange, keys);
  }

  /** The signature of the HTTP answer itself. */
  public Optional<SeenSignature> answerSignature() {
    return HttpSignatures.ofAnswer(exchange, keys);
  }

  /** The one DPoP proof. */
  public Optional<SeenJwt> proof() {
    List<String> proofs = requestHeaders("DPoP");
    return proofs.size() == 1 ? keys.read("DPoP proof", proofs.getFirst()) : Optional.empty();
  }

  /** The access token that the request presents. */
  public Optional<SeenJwt> presented() {
    return requestHeader("Authorization")
        .filter(value -> value.startsWith("DPoP "))
        .flatMap(value -> keys.read("access token", value.substring("DPoP ".length())));
  }

  /** Whether it is the access token that the request presents. */
  public boolean isPresented(SeenJwt jwt) {
    return presented().filter(token -> token.compact().equals(jwt.compact())).isPresent();
  }

  /** The access token that the answer brings. */
  public Optional<SeenJwt> issued() {
    return Json.text(json, "access_token").flatMap(text -> keys.read("access token", text));
  }

  /** The ID token that the answer brings. */
  public Optional<SeenJwt> idToken() {
    return Json.text(json, "id_token").flatMap(text -> keys.read("ID token", text));
  }

  /** All that is signed in the request, then in the answer. */
  public List<SeenJwt> signed() {
    return Stream.of(
            assertion(),
            requestObject(),
            deliveredJwt(),
            presented(),
            proof(),
            issued(),
            idToken(),
            introspected(),
            responseJwt())
        .flatMap(Optional::stream)
        .toList();
  }

  /** The page that the answer brings; empty text if it is none. */
  public String page() {
    return header("Content-Type").filter(type -> type.startsWith("text/html")).isPresent()
        ? body()
        : "";
  }

  private String body() {
    return new String(exchange.response().body(), UTF_8);
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

  /** Strings as they are, everything else as JSON, as it would be in a form. */
  private static Form inside(SeenJwt jwt) {
    Form.Builder parameters = Form.builder();
    jwt.claims().names().forEach(name -> parameters.add(name, Json.show(jwt.claims(), name)));
    return parameters.build();
  }

  private static boolean isJson(HttpResponse response) {
    return response.all("Content-Type").stream().anyMatch(type -> type.contains("json"));
  }

  private static JsonObject emptyObject() {
    return JsonObject.builder().build();
  }
}
