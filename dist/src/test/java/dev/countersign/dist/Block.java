package dev.countersign.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a document.
 *
 * @param line where it begins
 * @param language as it is named behind the fence
 * @param text what stands between the fences
 * @param how it is tried
 */
record Block(int line, String language, String text, How how) {
  private static final Pattern FENCE = Pattern.compile("```(\\w*)");
  private static final Pattern MARKER = Pattern.compile("<!-- (.*) -->");

  /** How a block is tried: what the comment in the line before it says. */
  sealed interface How {
    /** {@code sample: FILE#NAME}: it is the text between two markers of a source that is run. */
    record Sample(String file, String name) implements How {}

    /** {@code run} or {@code run: exit N}: it ends with this exit code. */
    record Run(int exitCode) implements How {}

    /**
     * {@code run until: TEXT} or {@code run until: TEXT; with: ARGUMENTS}: it goes on to run after
     * it has said so. The arguments make it run beside others, on free ports.
     */
    record RunUntil(String text, String arguments) implements How {}

    /** {@code shown}: the block that was run before has printed each of these lines. */
    record Shown() implements How {}

    /** {@code not run: REASON}. */
    record NotRun(String reason) implements How {}

    /** No comment. */
    record Unsaid() implements How {}
  }

  /** The blocks of a document in Markdown. */
  static List<Block> in(String document) {
    List<String> lines = document.lines().toList();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        continue;
      }
      int end = i + 1;
      while (!lines.get(end).equals("```")) {
        end++;
      }
      String before = i == 0 ? "" : lines.get(i - 1);
      String text = String.join("\n", lines.subList(i + 1, end));
      blocks.add(new Block(i + 1, fence.group(1), text, how(before)));
      i = end;
    }
    return blocks;
  }

  private static How how(String line) {
    Matcher marker = MARKER.matcher(line);
    if (!marker.matches()) {
      return new How.Unsaid();
    }
    String words = marker.group(1);
    String behind = words.replaceFirst("^[^:]*: *", "");
    return switch (words.replaceFirst(":.*", "")) {
      case "sample" ->
          new How.Sample(behind.replaceFirst("#.*", ""), behind.replaceFirst("^[^#]*#", ""));
      case "run" -> new How.Run(exitCode(words));
      case "run until" -> runUntil(behind);
      case "shown" -> new How.Shown();
      case "not run" -> new How.NotRun(behind);
      default -> new How.Unsaid();
    };
  }

  private static int exitCode(String words) {
    return words.equals("run") ? 0 : Integer.parseInt(words.replaceFirst("^run: exit ", ""));
  }

  private static How runUntil(String words) {
    List<String> parts = List.of(words.split("; with: ", 2));
    return new How.RunUntil(parts.getFirst(), parts.size() == 1 ? "" : parts.getLast());
  }
}
