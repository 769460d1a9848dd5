package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.details.ShownDetail.Row;
import dev.countersign.server.details.ShownDetail.Value;
import dev.countersign.server.text.LocalText;
import dev.countersign.server.text.VisibleText;
import dev.countersign.server.text.Wording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says in one language what details allow. What came from a client is shown without anything
 * invisible (RAR-12-3), a member that no row of the template shows is shown as it came, and a word
 * that another one implies is shown with it.
 */
public final class Explainer {
  private final Wording words;
  private final Formatter formatter;

  /** In this language. */
  public Explainer(Wording words) {
    this.words = words;
    this.formatter = new Formatter(words);
  }

  /** All that a detail says. */
  public ShownDetail explain(AuthorizationDetail detail, ConsentTemplate template) {
    return explain(detail.json(), template, _ -> true);
  }

  /** The same without what is below a member, because the person is to choose that. */
  public ShownDetail explainWithout(
      String member, AuthorizationDetail detail, ConsentTemplate template) {
    Set<String> others = new HashSet<>(detail.json().names());
    others.remove(member);
    return explain(
        detail.json().only(others), template, row -> !row.member().first().equals(member));
  }

  /** What of a detail stands below one member, on one line; empty if no row shows any of it. */
  String line(JsonObject detail, ConsentTemplate template) {
    return String.join(
        ", ",
        explain(detail, template, _ -> false).rows().stream()
            .flatMap(row -> row.values().stream())
            .map(Value::text)
            .toList());
  }

  /**
   * The rows of an object.
   *
   * @param whole the rows whose members it would have if the detail had them
   */
  @Enforces({"RAR-3.1-1", "RAR-12-3"})
  private ShownDetail explain(
      JsonObject object, ConsentTemplate template, Predicate<ConsentTemplate.Row> whole) {
    JsonObject detail = template.told(object);
    List<Row> rows = new ArrayList<>();
    Set<MemberPath> shown = new HashSet<>(template.hidden().keySet());
    for (ConsentTemplate.Row row : template.rows()) {
      List<Member> members = row.member().in(detail);
      List<Value> values =
          members.stream()
              .flatMap(member -> values(member, row).stream())
              .map(Explainer::visible)
              .toList();
      Optional<LocalText> absent = row.absent().filter(_ -> members.isEmpty() && whole.test(row));
      if (!values.isEmpty() || absent.isPresent()) {
        rows.add(
            new Row(
                row.label().in(words.locale()),
                absent.map(text -> List.of(value(text.in(words.locale())))).orElse(values)));
      }
      shown.addAll(Coverage.of(row));
    }
    rows.addAll(new Leftovers(shown).of(detail));
    return new ShownDetail(
        template.title().in(words.locale()),
        template.sentence().map(text -> text.in(words.locale())),
        rows);
  }

  /** An empty array or object may mean "all": it is shown as it came, here or as what is left. */
  private List<Value> values(Member member, ConsentTemplate.Row row) {
    if (!member.isEmpty()) {
      return formatter.values(member, row.format());
    }
    return Coverage.of(row).contains(row.member()) ? List.of(value(member.json())) : List.of();
  }

  private static Value value(String text) {
    return new Value(text, false);
  }

  private static Value visible(Value value) {
    return new Value(VisibleText.of(value.text()), value.exact());
  }
}
