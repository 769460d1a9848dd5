package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Party;
import dev.countersign.demo.story.Details;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.Json;
import dev.countersign.demo.viewer.Secrecy.Field;
import dev.countersign.edge.Header;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Header fields, parameters, members and pages of an exchange, as far as they may be shown. */
final class Fields {
  /** What tells something in this protocol, in the order of telling; the rest comes behind. */
  private static final List<String> TELLING =
      List.of(
          "authorization",
          "dpop",
          "cookie",
          "signature-input",
          "signature",
          "content-digest",
          "content-type",
          "x-fapi-interaction-id",
          "x-fapi-end-user-present",
          "www-authenticate",
          "dpop-nonce",
          "location",
          "set-cookie",
          "cache-control",
          "strict-transport-security",
          "content-security-policy",
          "x-frame-options",
          "referrer-policy");

  private static final Set<String> TIMES =
      Set.of(
          "iat",
          "exp",
          "nbf",
          "auth_time",
          "updated_at",
          "created_at",
          "last_updated_at",
          "expires_at");

  private Fields() {}

  /** The header fields of the request. */
  static List<Field> ofRequest(Evidence e) {
    return e.exchange().request().headers().names().stream()
        .sorted(order())
        .flatMap(name -> e.requestHeaders(name).stream().map(value -> header(name, value)))
        .toList();
  }

  /** The header fields of the answer. */
  static List<Field> ofAnswer(Evidence e) {
    return e.exchange().response().headers().stream()
        .sorted(Comparator.comparing(Header::name, order()))
        .map(field -> header(field.name(), field.value()))
        .toList();
  }

  /** Whether a header field tells something in this protocol. */
  static boolean tells(Field field) {
    return TELLING.contains(field.name().toLowerCase(Locale.ROOT));
  }

  private static Comparator<String> order() {
    return Comparator.<String>comparingInt(
            name -> {
              int place = TELLING.indexOf(name.toLowerCase(Locale.ROOT));
              return place < 0 ? TELLING.size() : place;
            })
        .thenComparing(name -> name.toLowerCase(Locale.ROOT));
  }

  /** A header field, as far as it may be shown. */
  static Field header(String name, String value) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "authorization" -> credentials(name, value);
      case "cookie" -> new Field(name, cookies(value), Secrecy.Mark.HIDDEN);
      case "set-cookie" -> new Field(name, withoutValue(value), Secrecy.Mark.HIDDEN);
      // Its parameters are told apart from it.
      case "location", "referer" -> Secrecy.whole(name, value.split("[?#]", 2)[0]);
      case "signature-input" ->
          noted(Secrecy.whole(name, value), "what is signed, when, and what for");
      case "signature" -> noted(Secrecy.cut(name, value), "the signature over all of that");
      case "content-digest" -> noted(Secrecy.whole(name, value), "so the content is signed, too");
      default -> Secrecy.field(name, value);
    };
  }

  private static Field noted(Field field, String note) {
    return new Field(field.name(), field.value(), field.mark(), Optional.of(note));
  }

  private static Field credentials(String name, String value) {
    String[] parts = value.split(" ", 2);
    return parts.length == 2
        ? new Field(
            name, Secrecy.clean(parts[0]) + " " + Secrecy.beginning(parts[1]), Secrecy.Mark.SECRET)
        : Secrecy.secret(name, value);
  }

  private static String cookies(String value) {
    return Arrays.stream(value.split(";", -1))
        .map(pair -> Secrecy.clean(pair.strip().split("=", 2)[0]))
        .collect(Collectors.joining(", "));
  }

  /** The name of a cookie and its attributes. */
  private static String withoutValue(String cookie) {
    String[] parts = cookie.split(";", 2);
    String attributes = parts.length == 2 ? ";" + parts[1] : "";
    return Secrecy.clean(parts[0].split("=", 2)[0] + attributes);
  }

  /** Parameters of a form or query. */
  static List<Field> of(Form form) {
    return form.names().stream()
        .flatMap(name -> form.values(name).stream().flatMap(value -> parameter(name, value)))
        .toList();
  }

  private static Stream<Field> parameter(String name, String value) {
    List<JsonObject> objects =
        name.equals(AuthorizationDetails.NAME) ? Details.parse(value) : List.of();
    return objects.isEmpty()
        ? Stream.of(Secrecy.parameter(name, value))
        : of(name, objects).stream();
  }

  /** Members of an object, those of objects in it under names with a dot. */
  static List<Field> of(JsonObject json) {
    List<Field> fields = new ArrayList<>();
    for (String name : json.names()) {
      Optional<JsonObject> inner = Json.object(json, name);
      List<JsonObject> elements = Json.objects(json, name);
      if (inner.isPresent()) {
        of(inner.get()).forEach(f -> fields.add(below(name, f)));
      } else if (!elements.isEmpty()) {
        fields.addAll(of(name, elements));
      } else if (TIMES.contains(name)) {
        fields.add(time(name, json));
      } else {
        fields.add(Secrecy.parameter(name, Json.show(json, name)));
      }
    }
    return List.copyOf(fields);
  }

  private static List<Field> of(String array, List<JsonObject> elements) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String place = array + "[" + i + "]";
      of(elements.get(i)).forEach(f -> fields.add(below(place, f)));
    }
    return List.copyOf(fields);
  }

  private static Field below(String name, Field inner) {
    return new Field(name + "." + inner.name(), inner.value(), inner.mark(), inner.note());
  }

  private static Field time(String name, JsonObject json) {
    return new Field(
        name,
        Secrecy.clean(Json.show(json, name)),
        Secrecy.Mark.WHOLE,
        Json.number(json, name).flatMap(Times::ofSecond));
  }

  /** The JSON of the answer: public documents whole, anything else member by member. */
  static List<Field> ofJson(Evidence e, Step step) {
    return switch (step) {
      case METADATA ->
          e.json().names().stream()
              .map(name -> Secrecy.whole(name, Json.show(e.json(), name)))
              .toList();
      case KEYS -> keys(e.json());
      default -> e.exchange().to() == Party.BANK ? List.of() : of(e.json());
    };
  }

  /** One line for each key of a set. */
  private static List<Field> keys(JsonObject set) {
    return Json.objects(set, "keys").stream()
        .map(
            key ->
                new Field(
                    "key " + Secrecy.beginning(Json.text(key, "kid").orElse("")),
                    Stream.of("kty", "crv", "alg", "use")
                        .flatMap(name -> Json.text(key, name).stream())
                        .map(Secrecy::clean)
                        .collect(Collectors.joining(" ")),
                    Secrecy.Mark.WHOLE))
        .toList();
  }

  /** What a person reads on a page: heading, list and buttons. */
  static List<Field> ofPage(String html) {
    if (html.isEmpty()) {
      return List.of();
    }
    Document page = Jsoup.parse(html);
    return Stream.of(
            Secrecy.whole("heading", texts(page, "h1")),
            Secrecy.whole("list", texts(page, "main li")),
            Secrecy.whole("details", texts(page, ".detail h2, .detail dl > div")),
            Secrecy.whole("choices", texts(page, "label.pick")),
            Secrecy.whole("buttons", texts(page, "main button")))
        .filter(field -> !field.value().isEmpty())
        .toList();
  }

  private static String texts(Document page, String selector) {
    return page.select(selector).stream().map(Element::text).collect(Collectors.joining("; "));
  }
}
