package dev.countersign.demo.tour;

import dev.countersign.demo.story.Detail;
import dev.countersign.demo.story.Shown;
import dev.countersign.demo.story.Sight;
import dev.countersign.demo.story.Signed;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** For people: text of at most 80 columns of ASCII, in colour only if that was asked for. */
public final class TextPrinter implements TourPrinter {
  private static final int WIDTH = 80;
  private static final int LABEL = 16;
  private static final int CLAIMS = 18;

  private final PrintStream out;
  private final boolean colour;

  /**
   * Prints to {@code out}.
   *
   * @param colour whether to write ANSI colour, for terminals only
   */
  public TextPrinter(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  private enum Paint {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    CYAN("36");

    private final String code;

    Paint(String code) {
      this.code = code;
    }
  }

  @Override
  public void print(TourLine line) {
    switch (line) {
      case TourLine.Opening opening -> opening(opening);
      case TourLine.Chapter chapter -> {
        out.println();
        out.println(paint(Paint.BOLD, chapter.number() + ". " + chapter.title()));
      }
      case TourLine.Note note -> {
        out.println();
        block("", Columns.wrap(note.text(), WIDTH - 2), 2, Paint.CYAN);
      }
      case TourLine.Message message -> message(message);
      case TourLine.AttackRefused attack -> attack(attack);
      case TourLine.Summary summary -> summary(summary);
    }
    out.flush();
  }

  private void opening(TourLine.Opening opening) {
    String title = "Countersign tour: one FAPI 2.0 journey over real HTTPS";
    String signed = opening.signing().isOfMessages() ? ", every message signed" : "";
    out.println(paint(Paint.BOLD, title + signed));
    labelled("server", List.of(opening.issuer().toString()), Paint.DIM);
    labelled("bank", List.of(opening.bank().toString()), Paint.DIM);
    labelled("crypto", Columns.wrap(opening.crypto(), WIDTH - LABEL), Paint.DIM);
    labelled(
        "meets",
        Columns.wrap(
            "lists requirements that were seen to be met in that very message; their texts are in"
                + " docs/requirements.md. Secrets are shortened.",
            WIDTH - LABEL),
        Paint.DIM);
  }

  private void message(TourLine.Message message) {
    out.println();
    String head =
        "[%2d] %s -> %s".formatted(message.number(), message.from().label(), message.to().label());
    String status = String.valueOf(message.status());
    out.println(
        paint(Paint.BOLD, head)
            + " ".repeat(WIDTH - head.length() - status.length())
            + paint(message.status() < 400 ? Paint.GREEN : Paint.RED, status));
    block("", Columns.wrap(message.method() + " " + message.url(), WIDTH - 5), 5, Paint.BOLD);
    details("sends", message.sends());
    message.signed().forEach(this::signed);
    details("answers", message.answers());
    message
        .refused()
        .ifPresent(
            refused ->
                labelled(
                    "refused by",
                    Columns.wrap(refused.rule() + ": " + refused.description(), WIDTH - LABEL),
                    Paint.RED));
    labelled("meets", ids(message.meets()), Paint.GREEN);
    message
        .misses()
        .forEach(
            miss ->
                labelled(
                    "MISSES",
                    Columns.wrap(miss.id() + ": " + miss.what(), WIDTH - LABEL),
                    Paint.RED));
  }

  private void signed(Signed signed) {
    String key = signed.key().isEmpty() ? "" : ", key " + signed.key();
    labelled(
        "signed",
        Columns.wrap(
            "%s, %s by %s%s".formatted(signed.what(), signed.algorithm(), signed.signer(), key),
            WIDTH - LABEL),
        Paint.CYAN);
    block("", texts(signed.claims(), WIDTH - CLAIMS), CLAIMS, Paint.DIM);
  }

  private void attack(TourLine.AttackRefused attack) {
    String refused =
        "Refused: "
            + attack.attack()
            + " ("
            + attack.refused().description()
            + "). "
            + attack.refused().rule()
            + " says: "
            + attack.requirement();
    out.println();
    block("", Columns.wrap(refused, WIDTH - 2), 2, Paint.GREEN);
  }

  private void summary(TourLine.Summary summary) {
    out.println();
    String verdict = summary.passed() ? "Passed" : "FAILED";
    String text =
        "%s: %d messages, %d requirements met, %d attacks refused, in %s."
            .formatted(
                verdict,
                summary.messages(),
                summary.requirements(),
                summary.attacksRefused(),
                seconds(summary));
    block("", Columns.wrap(text, WIDTH), 0, summary.passed() ? Paint.GREEN : Paint.RED);
    summary
        .failure()
        .ifPresent(
            failure -> block("", Columns.wrap(Shown.printable(failure), WIDTH), 0, Paint.RED));
  }

  private static String seconds(TourLine.Summary summary) {
    return String.format(Locale.ROOT, "%.1f s", summary.time().toMillis() / 1000.0);
  }

  private void details(String label, List<Detail> details) {
    labelled(label, texts(details, WIDTH - LABEL), Paint.DIM);
  }

  private static List<String> texts(List<Detail> details, int width) {
    return Columns.list(details.stream().map(TextPrinter::text).toList(), width);
  }

  private static String text(Detail detail) {
    String value = detail.value();
    boolean plain = !value.isEmpty() && value.indexOf(' ') < 0 && value.indexOf(',') < 0;
    return detail.name() + "=" + (plain ? value : '"' + value + '"');
  }

  private static List<String> ids(List<Sight> sights) {
    return Columns.wrap(
        String.join(" ", sights.stream().map(sight -> sight.id().value()).distinct().toList()),
        WIDTH - LABEL);
  }

  private void labelled(String label, List<String> lines, Paint paint) {
    block("     " + label, lines, LABEL, paint);
  }

  /** Lines behind an indent; the first one has the label in it. Nothing if there are no lines. */
  private void block(String label, List<String> lines, int indent, Paint paint) {
    String lead = label + " ".repeat(Math.max(0, indent - label.length()));
    for (String line : lines) {
      if (line.isEmpty()) {
        continue;
      }
      out.println(lead + paint(paint, line));
      lead = " ".repeat(indent);
    }
  }

  private String paint(Paint paint, String text) {
    return colour ? "\u001b[" + paint.code + "m" + text + "\u001b[0m" : text;
  }
}
