package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.read.ListAppender;
import dev.countersign.protocol.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of the log, and what an attacker would like to see in them. */
class LogLinesTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("dev.countersign.server.request");
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  @BeforeEach
  void start() {
    events.start();
    logger.addAppender(events);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private String line(Encoder<ILoggingEvent> form, Consumer<Logger> told) {
    told.accept(logger);
    return new String(form.encode(events.list.getLast()), UTF_8);
  }

  private static void request(Logger logger) {
    logger
        .atInfo()
        .addKeyValue("interaction_id", "c770aef3-6784-41f7-8e0e-ff5f97bddb3a")
        .addKeyValue("status", 400)
        .addKeyValue("micros", 1234L)
        .addKeyValue("rule", "DP-14")
        .log("request");
  }

  @Test
  void writesALineForPeople() {
    String line = line(new TextLines(), LogLinesTest::request);
    assertThat(line)
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  request request .*\\n")
        .endsWith(
            " interaction_id=\"c770aef3-6784-41f7-8e0e-ff5f97bddb3a\" status=\"400\""
                + " micros=\"1234\" rule=\"DP-14\"\n");
  }

  @Test
  void writesAnObjectForProgramsWithTheFieldsAsMembers() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    String line = line(new JsonLines(), LogLinesTest::request);
    JsonObject json = JsonObject.parse(line.strip());
    assertThat(line).endsWith("}\n");
    assertThat(json.names())
        .containsExactly(
            "timestamp",
            "level",
            "logger",
            "message",
            "interaction_id",
            "status",
            "micros",
            "rule");
    assertThat(Instant.parse(json.string("timestamp").orElseThrow())).isAfter(before);
    assertThat(json.string("level")).contains("INFO");
    assertThat(json.string("logger")).contains("dev.countersign.server.request");
    assertThat(json.string("message")).contains("request");
    assertThat(json.integer("status")).contains(400L);
    assertThat(json.integer("micros")).contains(1234L);
    assertThat(json.string("rule")).contains("DP-14");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n2026-01-01T00:00:00.000Z INFO  request forged",
        "\r\nforged",
        "\u001b[2Jforged",
        "\u0085forged",
        "\u2028forged",
        "\u2029forged",
        "\u202eforged",
        "\u0000forged",
        "\u007fforged"
      })
  void keepsWhateverComesOnItsLine(String input) throws Exception {
    for (Encoder<ILoggingEvent> form : List.of(new TextLines(), new JsonLines())) {
      String line =
          line(
              form,
              to ->
                  to.atInfo()
                      .addKeyValue("detail", input)
                      .addKeyValue("name" + input, "x")
                      .log("said {}", input));
      assertThat(line).endsWith("\n");
      assertThat(line.substring(0, line.length() - 1).chars())
          .noneMatch(c -> c < ' ' || (c > '~' && c < 0xA0) || (c >= 0x2028 && c <= 0x202E));
      assertThat(line).contains("forged");
      if (form instanceof JsonLines) {
        assertThat(JsonObject.parse(line.strip()).string("detail")).contains(input);
      }
    }
  }

  @Test
  void letsNoValueLookLikeAnotherField() throws Exception {
    String input = "x\" status=\"200\", \"status\": 200, \\";
    String text = line(new TextLines(), to -> to.atInfo().addKeyValue("detail", input).log("m"));
    assertThat(text).endsWith(" detail=\"x\\\" status=\\\"200\\\", \\\"status\\\": 200, \\\\\"\n");
    String json = line(new JsonLines(), to -> to.atInfo().addKeyValue("detail", input).log("m"));
    assertThat(JsonObject.parse(json.strip()).string("detail")).contains(input);
    assertThat(JsonObject.parse(json.strip()).has("status")).isFalse();
  }

  @Test
  void letsNoFieldTakeThePlaceOfAnother() throws Exception {
    String line =
        line(
            new JsonLines(),
            to ->
                to.atInfo()
                    .addKeyValue("level", "NONE")
                    .addKeyValue("failure", "first")
                    .setCause(new IllegalStateException("x"))
                    .log("m"));
    JsonObject json = JsonObject.parse(line.strip());
    assertThat(json.string("level")).contains("INFO");
    assertThat(json.string("level_")).contains("NONE");
    assertThat(json.string("failure")).contains("first");
    assertThat(json.string("failure_").orElseThrow()).startsWith("java.lang.IllegalState");
  }

  @Test
  void namesWhatBrokeAndWhereButNotWhatItSaid() {
    Exception failure = new IllegalStateException("s3cr3t\n", new NumberFormatException("s3cr3t"));
    for (Encoder<ILoggingEvent> form : List.of(new TextLines(), new JsonLines())) {
      String line = line(form, to -> to.error("broke", failure));
      assertThat(line)
          .contains("IllegalStateException at ", "LogLinesTest", "NumberFormatException at ")
          .doesNotContain("s3cr3t");
      assertThat(line.lines()).hasSize(1);
    }
  }
}
