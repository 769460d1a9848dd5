package dev.countersign.server.refusal;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** The one log line of a request: key-value pairs, none of them a secret or free input. */
final class LogLine {
  private static final Logger LOG = LoggerFactory.getLogger("dev.countersign.server.request");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private LogLine() {}

  @Enforces({"IA-2.2.1-3"})
  static void write(
      FapiInteractionId id,
      HttpRequest request,
      Outcome outcome,
      Optional<ClientId> client,
      long nanos) {
    LoggingEventBuilder line =
        LOG.atLevel(outcome.cause().isPresent() ? Level.ERROR : Level.INFO)
            .addKeyValue("interaction_id", id.value())
            .addKeyValue("endpoint", outcome.endpoint())
            .addKeyValue("method", METHODS.contains(request.method()) ? request.method() : "other")
            .addKeyValue("status", outcome.response().status())
            .addKeyValue("micros", nanos / 1000);
    client.ifPresent(value -> line.addKeyValue("client_id", value.value()));
    outcome.refusal().ifPresent(refusal -> refusal(line, refusal));
    outcome.cause().ifPresent(line::setCause);
    line.log("request");
  }

  private static void refusal(LoggingEventBuilder line, Refusal refusal) {
    line.addKeyValue(
            "error",
            switch (refusal) {
              case Refusal.OAuth oauth -> oauth.error().code();
              case Refusal.Http _ -> "none";
            })
        .addKeyValue("rule", refusal.rule().value());
    refusal.detail().ifPresent(detail -> line.addKeyValue("detail", detail));
  }
}
