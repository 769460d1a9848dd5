package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoggingTest {

  @Test
  void writesOneLineForARequestWithAllItsFields() throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(Main.class.getResource("/logback.xml"), "logback.xml"));
    ch.qos.logback.classic.Logger root = context.getLogger("ROOT");
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    root.addAppender(events);
    context
        .getLogger("dev.countersign.server.request")
        .atInfo()
        .addKeyValue("status", 400)
        .addKeyValue("rule", "DP-14")
        .log("request");
    context.getLogger("org.eclipse.jetty.server.Server").info("not told");
    context.getLogger("org.eclipse.jetty.http.HttpParser").warn("not told: header of a request");
    ConsoleAppender<ILoggingEvent> out = (ConsoleAppender<ILoggingEvent>) root.getAppender("out");
    TextLines encoder = (TextLines) out.getEncoder();
    String line = new String(encoder.encode(events.list.getFirst()), StandardCharsets.UTF_8);
    assertThat(events.list).hasSize(1);
    assertThat(line.lines()).hasSize(1);
    assertThat(line).contains(" INFO  request request status=\"400\" rule=\"DP-14\"");
    context.stop();
  }
}
