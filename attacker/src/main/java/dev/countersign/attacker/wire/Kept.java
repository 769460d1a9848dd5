package dev.countersign.attacker.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The header fields of a message as a report keeps them: shortened, and no more than a few. */
final class Kept {
  private static final int MOST = 100;
  private static final int MOST_CHARACTERS = 16 * 1024;
  private static final int LONGEST_NAME = 100;

  private Kept() {}

  static List<Map.Entry<String, String>> fields(List<Map.Entry<String, String>> fields) {
    List<Map.Entry<String, String>> kept = new ArrayList<>();
    int left = MOST_CHARACTERS;
    for (Map.Entry<String, String> field :
        Shortened.fields(fields.subList(0, Math.min(fields.size(), MOST)))) {
      Map.Entry<String, String> one =
          Map.entry(Texts.oneLine(field.getKey(), LONGEST_NAME), field.getValue());
      left -= size(one);
      if (left < 0) {
        break;
      }
      kept.add(one);
    }
    if (kept.size() < fields.size()) {
      kept.add(Map.entry("…", "and " + (fields.size() - kept.size()) + " more"));
    }
    return kept;
  }

  static int size(List<Map.Entry<String, String>> fields) {
    return fields.stream().mapToInt(Kept::size).sum();
  }

  private static int size(Map.Entry<String, String> field) {
    return field.getKey().length() + field.getValue().length();
  }
}
