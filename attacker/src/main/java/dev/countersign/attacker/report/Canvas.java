package dev.countersign.attacker.report;

import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.wire.Texts;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Where text for people goes: lines of a width, in colour only if that was asked for. */
final class Canvas {
  /** Columns of a line where nobody knows better. */
  static final int WIDTH = 100;

  /** Narrower lines could not be read either. */
  private static final int NARROWEST = 40;

  /** What is told of others may be long: the page has all of it. */
  private static final int LONGEST = 600;

  private final PrintStream out;
  private final boolean colour;
  private final int width;
  private final boolean ellipsis;

  /**
   * Prints to {@code out}.
   *
   * @param colour whether to write ANSI colour, for terminals only
   * @param width columns of a line; no fewer than 40 are filled
   */
  Canvas(PrintStream out, boolean colour, int width) {
    this.out = out;
    this.colour = colour;
    this.width = Math.max(NARROWEST, width);
    this.ellipsis = out.charset().newEncoder().canEncode('…');
  }

  /** How text looks. */
  enum Paint {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36"),
    ALARM("1;31");

    private final String code;

    Paint(String code) {
      this.code = code;
    }

    /** How a verdict looks. */
    static Paint of(Verdict verdict) {
      return switch (verdict) {
        case VULNERABLE -> ALARM;
        case INCONCLUSIVE -> YELLOW;
        case RESIDUAL, SECURE_BUT_ODD_CODE -> CYAN;
        case SECURE -> GREEN;
        case NOT_RUN -> DIM;
      };
    }
  }

  /** Columns of a line. */
  int width() {
    return width;
  }

  /** An empty line. */
  void gap() {
    out.println();
  }

  /** A line of ours. */
  void line(Paint paint, String text) {
    out.println(paint(paint, text));
  }

  /** A line of ours as it is, or its words on several if it is longer than a line may be. */
  void title(Paint paint, String text) {
    if (text.length() > width) {
      block(0, paint, text);
    } else {
      line(paint, text);
    }
  }

  /** A part of a line of ours, to be seen at once. */
  void part(Paint paint, String text) {
    out.print(paint(paint, text));
    out.flush();
  }

  /** Any text, on as many lines as it needs, all indented. */
  void block(int indent, Paint paint, String text) {
    labelled("", indent, paint, text);
  }

  /** The same with a label of ours before its first line. */
  void labelled(String label, int indent, Paint paint, String text) {
    String lead = paint(Paint.DIM, label) + " ".repeat(Math.max(0, indent - label.length()));
    for (String line : wrap(fit(Texts.oneLine(text, LONGEST)), width - indent)) {
      out.println(lead + paint(paint, line));
      lead = " ".repeat(indent);
    }
  }

  /** In its colour. */
  String paint(Paint paint, String text) {
    return colour && paint != Paint.PLAIN
        ? "\u001b[" + paint.code + "m" + text + "\u001b[0m"
        : text;
  }

  void flush() {
    out.flush();
  }

  private String fit(String text) {
    return ellipsis ? text : text.replace("…", "...");
  }

  /** The words in lines of at most {@code width} characters; a longer word is cut. */
  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
      while (line.length() > width) {
        int cut = Character.isHighSurrogate(line.charAt(width - 1)) ? width - 1 : width;
        lines.add(line.substring(0, cut));
        line.delete(0, cut);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
