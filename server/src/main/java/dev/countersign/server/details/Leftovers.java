package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.server.details.ShownDetail.Row;
import dev.countersign.server.details.ShownDetail.Value;
import dev.countersign.server.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Shows the members of a detail that a template knows nothing of: name and value as they came. */
final class Leftovers {
  private static final MemberPath TYPE = new MemberPath(List.of("type"));

  private final Set<MemberPath> shown;

  /** Of what is not shown otherwise. */
  Leftovers(Set<MemberPath> shown) {
    this.shown = shown;
  }

  /** A row for each. */
  List<Row> of(JsonObject detail) {
    List<Row> rows = new ArrayList<>();
    collect(detail, List.of(), rows);
    return rows;
  }

  private void collect(JsonObject object, List<String> path, List<Row> rows) {
    for (String name : object.names()) {
      MemberPath at = new MemberPath(longer(path, name));
      Member member = new Member(object, name);
      if (at.equals(TYPE) || shown.contains(at)) {
        continue;
      }
      List<JsonObject> elements = member.elements();
      if (member.object().filter(inner -> !inner.names().isEmpty()).isPresent()) {
        collect(member.object().get(), at.segments(), rows);
      } else if (!elements.isEmpty()) {
        elements.forEach(element -> collectElement(element, at.child(MemberPath.EACH), rows));
      } else {
        rows.add(row(at, member.string().orElseGet(member::json)));
      }
    }
  }

  private void collectElement(JsonObject element, MemberPath at, List<Row> rows) {
    if (element.names().isEmpty()) {
      rows.add(row(at, element.toJson()));
    } else {
      collect(element, at.segments(), rows);
    }
  }

  private static Row row(MemberPath at, String text) {
    String label = at.toString().substring(1).replace('/', ' ');
    return new Row(VisibleText.of(label), List.of(new Value(VisibleText.of(text), false)));
  }

  private static List<String> longer(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }
}
