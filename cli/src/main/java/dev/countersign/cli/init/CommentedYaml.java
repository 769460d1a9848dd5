package dev.countersign.cli.init;

import dev.countersign.server.config.Absence;
import dev.countersign.server.config.ConfigKey;
import dev.countersign.server.config.ConfigKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a configuration with all keys that there are, each under its explanation: those with a
 * value as such, the others commented out with their default or an example.
 */
final class CommentedYaml {
  private static final int WIDTH = 98;

  private final ConfigKeys keys;
  private final Map<String, String> values;
  private final Map<String, List<Map<String, String>>> lists;
  private final StringBuilder text = new StringBuilder();

  /**
   * Writes these values, which are YAML. One of several lines begins with a line feed.
   *
   * @param values by path: {@code tls.key}
   * @param lists the entries of lists of sections by path, their values by the name of the key
   */
  CommentedYaml(
      ConfigKeys keys, Map<String, String> values, Map<String, List<Map<String, String>>> lists) {
    this.keys = keys;
    this.values = values;
    this.lists = lists;
  }

  /** The whole file, under lines that begin with {@code #} of their own. */
  String text(String head) {
    text.setLength(0);
    text.append(head);
    for (ConfigKey key : keys.in("")) {
      text.append('\n');
      write(key, 0);
    }
    return text.toString();
  }

  private void write(ConfigKey key, int indent) {
    Optional<String> value = Optional.ofNullable(values.get(key.path()));
    comment(key, value.isPresent() || lists.containsKey(key.path()), indent);
    switch (key.content()) {
      case VALUE -> value(key, value, indent, "");
      case SECTION -> {
        line(indent, key.name() + ":");
        keys.in(key.path()).forEach(inner -> write(inner, indent + 2));
      }
      case SECTIONS -> {
        if (lists.containsKey(key.path())) {
          line(indent, key.name() + ":");
          entries(key, indent + 2);
        } else {
          line(indent, "#" + key.name() + ":");
          example(key, indent);
        }
      }
    }
  }

  /** The first entry is explained key by key, the others are as short as can be. */
  private void entries(ConfigKey list, int indent) {
    boolean first = true;
    for (Map<String, String> entry : lists.getOrDefault(list.path(), List.of())) {
      String dash = "- ";
      for (ConfigKey key : keys.in(list.path() + "[]")) {
        Optional<String> value = Optional.ofNullable(entry.get(key.name()));
        if (first) {
          comment(key, value.isPresent(), dash.isBlank() ? indent + 2 : indent);
        }
        if (first || value.isPresent()) {
          value(key, value, indent, dash);
        }
        // It stands before the first key that is not commented out.
        dash = value.isPresent() ? "  " : dash;
      }
      first = false;
    }
  }

  /** What an entry would look like, all of it commented out. */
  private void example(ConfigKey list, int indent) {
    String dash = "#  - ";
    for (ConfigKey key : keys.in(list.path() + "[]")) {
      comment(key, false, indent);
      line(indent, dash + key.name() + ": " + key.example());
      dash = "#    ";
    }
  }

  private void value(ConfigKey key, Optional<String> value, int indent, String dash) {
    if (value.isEmpty()) {
      line(indent + dash.length(), "#" + key.name() + ": " + standard(key));
      return;
    }
    List<String> lines = value.get().lines().toList();
    String first = lines.getFirst().isEmpty() ? "" : " " + lines.getFirst();
    line(indent, dash + key.name() + ":" + first);
    lines.stream().skip(1).forEach(line -> line(indent + dash.length() + 2, line));
  }

  private static String standard(ConfigKey key) {
    return switch (key.absence()) {
      case Absence.Standard(String yaml) -> yaml;
      case Absence.Means _, Absence.InPlaceOf _ -> key.example();
      case Absence.Refused _ ->
          throw new IllegalStateException(key.path() + " must be given a value");
    };
  }

  private void comment(ConfigKey key, boolean given, int indent) {
    String words = key.doc();
    if (!given && key.absence() instanceof Absence.Means(String absent) && !absent.isEmpty()) {
      words += " Left out: " + absent + ".";
    }
    StringBuilder line = new StringBuilder("#");
    for (String word : words.split(" ", -1)) {
      if (indent + line.length() + 1 + word.length() > WIDTH) {
        line(indent, line.toString());
        line.setLength(1);
      }
      line.append(' ').append(word);
    }
    line(indent, line.toString());
  }

  private void line(int indent, String words) {
    text.repeat(' ', indent).append(words).append('\n');
  }
}
