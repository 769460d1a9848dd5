package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.protocol.http.Form;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a form another site cannot know: long values that differ each time, and that are not
 * those of the authorization request, which whoever began it has.
 *
 * @param fields the names of such fields
 * @param action whether there is such a value in the URL that the form is sent to
 */
record Unguessable(Set<String> fields, boolean action) {
  /** Shorter values are typed or chosen. */
  private static final int LONG = 16;

  /** Copies the names. */
  Unguessable {
    fields = Set.copyOf(fields);
  }

  /**
   * A form, and what its request had in it, such as {@code request_uri} and {@code state}.
   *
   * @param known what whoever began it knows
   */
  record Seen(Filled form, List<String> known) {
    /** Sorts them, since some are parts of others. */
    Seen {
      known =
          known.stream()
              .filter(one -> !one.isEmpty())
              .sorted(Comparator.comparingInt(String::length).reversed())
              .toList();
    }

    /**
     * The same, where what stands in the URL of the page counts as known: URLs are kept in
     * histories and logs, and told to others.
     */
    Seen at(URI page) {
      return new Seen(
          form,
          Stream.concat(known.stream(), parts(page).stream().filter(one -> one.length() >= LONG))
              .toList());
    }

    private String bare(String value) {
      String bare = value;
      for (String one : known) {
        bare = bare.replace(one, "");
      }
      return bare;
    }

    private Set<String> bare(Stream<String> values) {
      return new HashSet<>(values.map(this::bare).toList());
    }
  }

  /** Compares a form with the same form of another time. */
  static Unguessable of(Seen one, Seen other) {
    Set<String> fields = new HashSet<>();
    Form form = one.form().form();
    for (String name : form.names()) {
      if (differs(one, form.values(name), other, other.form().form().values(name))) {
        fields.add(name);
      }
    }
    return new Unguessable(
        fields, differs(one, parts(one.form().action()), other, parts(other.form().action())));
  }

  /** There is none at all. */
  boolean isNone() {
    return fields.isEmpty() && !action;
  }

  /** The form without these fields. */
  Form without(Form form) {
    Form less = form;
    for (String name : fields) {
      less = less.without(name);
    }
    return less;
  }

  /** The form with other values in these fields: those of another form, or this one. */
  Form replaced(Form form, Optional<Form> by, String otherwise) {
    Form.Builder changed = Form.builder();
    for (String name : form.names()) {
      String other = by.flatMap(from -> from.values(name).stream().findFirst()).orElse(otherwise);
      form.values(name).forEach(was -> changed.add(name, fields.contains(name) ? other : was));
    }
    return changed.build();
  }

  private static boolean differs(Seen one, List<String> values, Seen other, List<String> others) {
    Set<String> fixed = other.bare(others.stream());
    return one.bare(values.stream()).stream()
        .anyMatch(value -> value.length() >= LONG && !fixed.contains(value));
  }

  /** Steps of the path, and values of the query. */
  private static List<String> parts(URI url) {
    List<String> parts = new ArrayList<>();
    parts.addAll(List.of((url.getPath() == null ? "" : url.getPath()).split("/", -1)));
    Form query = Form.parseQuery(url.getRawQuery() == null ? "" : url.getRawQuery());
    query.names().forEach(name -> parts.addAll(query.values(name)));
    return parts;
  }
}
