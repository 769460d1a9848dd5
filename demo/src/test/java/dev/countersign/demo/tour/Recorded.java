package dev.countersign.demo.tour;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.demo.story.Observations;
import dev.countersign.protocol.jose.Jose;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** One run of the tour, with all it told and how it looked in both forms. */
record Recorded(TourLine.Summary summary, List<TourLine> lines, String text, String json) {

  static Recorded run(Observations observations) throws Exception {
    List<TourLine> lines = new ArrayList<>();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    TourPrinter asText = new TextPrinter(new PrintStream(text, true, UTF_8), false);
    TourPrinter asJson = new JsonPrinter(new PrintStream(json, true, UTF_8));
    TourLine.Summary summary =
        new Tour(new Tour.Settings(0, 0, Jose.jdk()), observations)
            .run(
                line -> {
                  lines.add(line);
                  asText.print(line);
                  asJson.print(line);
                });
    return new Recorded(summary, List.copyOf(lines), text.toString(UTF_8), json.toString(UTF_8));
  }

  List<TourLine.Message> messages() {
    return only(TourLine.Message.class);
  }

  <T extends TourLine> List<T> only(Class<T> type) {
    return lines.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
