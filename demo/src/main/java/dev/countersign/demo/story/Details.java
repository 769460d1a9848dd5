package dev.countersign.demo.story;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.RefusalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into {@code authorization_details}, and into other objects of messages. */
public final class Details {
  private Details() {}

  /** The objects of the parameter; none if they cannot be read. */
  public static List<JsonObject> parse(String text) {
    try {
      return AuthorizationDetails.parse(text).member().orElse(List.of());
    } catch (RefusalException e) {
      return List.of();
    }
  }

  /** What they say, each first by its type, then member by member at any depth. */
  static List<Detail> shown(List<JsonObject> objects) {
    List<Detail> details = new ArrayList<>();
    for (JsonObject object : objects) {
      details.add(
          new Detail(
              AuthorizationDetails.NAME, Shown.printable(Json.text(object, "type").orElse(""))));
      JsonObject rest = object.without("type");
      rest.names().forEach(name -> add(details, "", rest, name));
    }
    return details;
  }

  /** One member of JSON; of an object its members, at any depth. */
  static List<Detail> member(JsonObject json, String name) {
    List<Detail> details = new ArrayList<>();
    add(details, "", json, name);
    return details;
  }

  private static void add(List<Detail> details, String place, JsonObject json, String name) {
    Optional<JsonObject> inner = Json.object(json, name);
    if (inner.isPresent()) {
      inner.get().names().forEach(one -> add(details, place + name + ".", inner.get(), one));
    } else {
      String value = Shown.detail(name, Json.show(json, name)).value();
      details.add(new Detail(Shown.printable(place + name), value));
    }
  }
}
