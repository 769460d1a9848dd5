package dev.countersign.demo.story;

import dev.countersign.demo.scene.Party;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Takes an exchange apart into what can be shown of it. */
public final class MessageDecoder {
  /** Claims that tell something, in the order of telling. */
  private static final List<String> TELLING =
      List.of("iss", "sub", "aud", "client_id", "scope", "htm", "htu", "nonce", "ath", "jti");

  /** What tells something of an access token that was shown when it was issued. */
  private static final List<String> TELLING_AGAIN = List.of("sub", "scope");

  /** What an answer about a token says of itself; what it says of the token is told apart. */
  private static final List<String> OF_ANSWER = List.of("iss", "aud");

  /** What tells something of a token in such an answer. */
  private static final List<String> OF_TOKEN = List.of("active", "sub", "scope", "client_id");

  private static final Set<String> TOLD_APART =
      Set.of("iat", "nbf", "exp", AuthorizationDetails.NAME);

  private static final Set<String> KEY_MATERIAL = Set.of("x", "y", "n", "e");
  private static final List<String> REQUEST_FIELDS =
      List.of("x-fapi-interaction-id", "x-fapi-end-user-present");
  private static final List<String> ANSWER_FIELDS = List.of("Cache-Control");
  private static final List<String> BROWSER_FIELDS =
      List.of("Strict-Transport-Security", "X-Frame-Options", "Referrer-Policy");

  private MessageDecoder() {}

  /** What the request says: credentials, parameters or JSON, and the fields that matter here. */
  public static List<Detail> sends(Evidence e) {
    List<Detail> details = new ArrayList<>();
    e.requestHeader("Authorization")
        .map(value -> value.split(" ", 2))
        .filter(parts -> parts.length == 2)
        .ifPresent(
            parts ->
                details.add(
                    new Detail("Authorization", parts[0] + " " + Shown.beginning(parts[1]))));
    e.requestHeader("DPoP").ifPresent(proof -> details.add(secret("DPoP", proof)));
    e.requestHeader("Cookie").ifPresent(value -> details.add(new Detail("Cookie", names(value))));
    details.addAll(parameters(e.form()));
    details.addAll(members(e.sent()));
    for (String field : REQUEST_FIELDS) {
      e.requestHeader(field).ifPresent(value -> details.add(field(field, value)));
    }
    return details;
  }

  /** What the answer says: challenge, nonce, place to go to, cookies, JSON or page. */
  public static List<Detail> answers(Evidence e) {
    List<Detail> details = new ArrayList<>(challenges(e));
    e.location()
        .ifPresent(
            to -> {
              details.add(new Detail("Location", to.toString().split("\\?", 2)[0]));
              details.addAll(parameters(e.redirect()));
            });
    e.exchange()
        .response()
        .all("Set-Cookie")
        .forEach(cookie -> details.add(new Detail("Set-Cookie", withoutValue(cookie))));
    details.addAll(members(e.json()));
    details.addAll(page(e.page()));
    e.header("DPoP-Nonce").ifPresent(nonce -> details.add(secret("DPoP-Nonce", nonce)));
    fields(e, ANSWER_FIELDS).forEach(details::add);
    if (e.exchange().from() == Party.BROWSER) {
      fields(e, BROWSER_FIELDS).forEach(details::add);
    }
    return details;
  }

  private static List<Detail> challenges(Evidence e) {
    return Challenge.parse(e.exchange().response().all(Challenge.HEADER)).stream()
        .map(
            challenge ->
                challenge.attributes().entrySet().stream()
                    .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                    .collect(Collectors.joining("; ", challenge.scheme() + " ", "")))
        .map(text -> new Detail(Challenge.HEADER, Shown.printable(text)))
        .toList();
  }

  private static Stream<Detail> fields(Evidence e, List<String> names) {
    return names.stream().flatMap(name -> e.header(name).map(v -> field(name, v)).stream());
  }

  /** What is signed, and by whom: the objects in a message, then the message itself. */
  public static List<Signed> signed(Evidence e) {
    Stream<Signed> objects = e.signed().stream().map(jwt -> signed(jwt, telling(e, jwt)));
    return Stream.concat(objects, SignedMessages.of(e).stream()).toList();
  }

  /** Of a message in itself everything but its times and details, which are told apart. */
  private static List<String> telling(Evidence e, SeenJwt jwt) {
    if (jwt.what().equals(SeenJwt.REQUEST_OBJECT) || jwt.what().equals(SeenJwt.RESPONSE)) {
      return jwt.claims().names().stream().filter(name -> !TOLD_APART.contains(name)).toList();
    }
    if (jwt.what().equals(SeenJwt.INTROSPECTION)) {
      return OF_ANSWER;
    }
    return e.isPresented(jwt) ? TELLING_AGAIN : TELLING;
  }

  private static Signed signed(SeenJwt jwt, List<String> telling) {
    List<Detail> claims = new ArrayList<>();
    jwt.jws().type().ifPresent(type -> claims.add(new Detail("typ", type)));
    telling.stream()
        .filter(jwt.claims()::has)
        .map(claim -> claim(jwt.claims(), claim))
        .forEach(claims::add);
    if (!telling.equals(TELLING_AGAIN)) {
      claims.addAll(Details.shown(Json.objects(jwt.claims(), AuthorizationDetails.NAME)));
    }
    Json.object(jwt.claims(), SeenJwt.OF_TOKEN)
        .ifPresent(
            token ->
                OF_TOKEN.stream()
                    .filter(token::has)
                    .map(member -> claim(token, member))
                    .forEach(claims::add));
    jwt.boundTo().ifPresent(jkt -> claims.add(secret("cnf.jkt", jkt)));
    lifetime(jwt.claims()).ifPresent(claims::add);
    return new Signed(
        jwt.what(),
        jwt.jws().algorithm().joseName(),
        jwt.signer().map(SeenJwt.Signer::name).orElse("nobody we know"),
        jwt.signer().map(signer -> Shown.beginning(signer.thumbprint().value())).orElse(""),
        claims);
  }

  private static Detail claim(JsonObject claims, String name) {
    return name.equals("ath")
        ? secret(name, Json.show(claims, name))
        : Shown.detail(name, Json.show(claims, name));
  }

  private static Optional<Detail> lifetime(JsonObject claims) {
    return Json.number(claims, "exp")
        .flatMap(exp -> Json.number(claims, "iat").map(iat -> exp - iat))
        .map(seconds -> new Detail("lives", seconds + " s"));
  }

  private static List<Detail> parameters(Form form) {
    return form.names().stream()
        .flatMap(name -> form.values(name).stream().flatMap(value -> parameter(name, value)))
        .toList();
  }

  private static Stream<Detail> parameter(String name, String value) {
    List<JsonObject> objects =
        name.equals(AuthorizationDetails.NAME) ? Details.parse(value) : List.of();
    return objects.isEmpty()
        ? Stream.of(Shown.detail(name, value))
        : Details.shown(objects).stream();
  }

  private static List<Detail> members(JsonObject json) {
    return json.names().stream().flatMap(name -> member(json, name)).toList();
  }

  private static Stream<Detail> member(JsonObject json, String name) {
    if (name.equals(AuthorizationDetails.NAME)) {
      return Details.shown(Json.objects(json, name)).stream();
    }
    return Json.object(json, name).isPresent()
        ? Details.member(json, name).stream()
        : Stream.of(Shown.detail(name, shown(json, name)));
  }

  /** A list of objects as their values; of keys all but the key itself. */
  private static String shown(JsonObject json, String name) {
    List<JsonObject> objects = Json.objects(json, name);
    return objects.isEmpty()
        ? Json.show(json, name)
        : objects.stream().map(MessageDecoder::values).collect(Collectors.joining("; "));
  }

  private static String values(JsonObject object) {
    return object.names().stream()
        .filter(name -> !KEY_MATERIAL.contains(name))
        .map(
            name ->
                name.equals("kid")
                    ? secret(name, Json.show(object, name))
                    : new Detail(name, Json.show(object, name)))
        .map(Detail::value)
        .collect(Collectors.joining(" "));
  }

  /** What a person reads on a page: heading, list and buttons. */
  private static List<Detail> page(String html) {
    if (html.isEmpty()) {
      return List.of();
    }
    Document page = Jsoup.parse(html);
    return Stream.of(
            new Detail("page", Shown.printable(texts(page, "h1"))),
            new Detail("says", Shown.printable(texts(page, "li"))),
            new Detail("details", Shown.printable(texts(page, ".detail h2, .detail dl > div"))),
            new Detail("choices", Shown.printable(texts(page, "label.pick"))),
            new Detail("buttons", Shown.printable(texts(page, "button"))))
        .filter(detail -> !detail.value().isEmpty())
        .toList();
  }

  private static String texts(Document page, String selector) {
    return page.select(selector).stream().map(Element::text).collect(Collectors.joining("; "));
  }

  private static Detail field(String name, String value) {
    return name.equals("x-fapi-interaction-id")
        ? secret(name, value)
        : new Detail(name, Shown.printable(value));
  }

  private static Detail secret(String name, String value) {
    return new Detail(name, Shown.beginning(value));
  }

  private static String names(String cookies) {
    return Arrays.stream(cookies.split(";", -1))
        .map(pair -> pair.strip().split("=", 2)[0])
        .map(Shown::printable)
        .collect(Collectors.joining(" "));
  }

  /** The name of a cookie and its attributes. */
  private static String withoutValue(String cookie) {
    String[] parts = cookie.split(";", 2);
    String attributes = parts.length == 2 ? ";" + parts[1] : "";
    return Shown.printable(parts[0].split("=", 2)[0] + attributes);
  }
}
