package dev.countersign.server.refusal;

import dev.countersign.edge.FailureLine;
import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The one log line of a request: key-value pairs, none of them a secret or free input. What broke
 * stands there by its type and place; what it said of itself may quote input, and does not.
 */
final class LogLine {
  private static final Logger LOG = LoggerFactory.getLogger("dev.countersign.server.request");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private LogLine() {}

  @Enforces({"IA-2.2.1-3"})
  static void write(
      FapiInteractionId id,
      Optional<HttpRequest> request,
      Outcome outcome,
      RequestLog log,
      long nanos) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("interaction_id", id.value());
    fields.put("endpoint", outcome.endpoint());
    fields.put(
        "method", request.map(HttpRequest::method).filter(METHODS::contains).orElse("other"));
    fields.put("status", outcome.response().status());
    fields.put("micros", nanos / 1000);
    log.client().ifPresent(value -> fields.put("client_id", value.value()));
    log.detail().ifPresent(detail -> fields.put("detail", detail));
    outcome.refusal().ifPresent(refusal -> put(fields, refusal));
    outcome.cause().ifPresent(failure -> fields.put("failure", FailureLine.of(failure)));
    LoggingEventBuilder line = LOG.atLevel(outcome.cause().isPresent() ? Level.ERROR : Level.INFO);
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      line = line.addKeyValue(field.getKey(), field.getValue());
    }
    line.log("request");
  }

  private static void put(Map<String, Object> fields, Refusal refusal) {
    switch (refusal) {
      case Refusal.OAuth oauth -> fields.put("error", oauth.error().code());
      case Refusal.Http _ -> {}
    }
    fields.put("rule", refusal.rule().value());
    refusal.detail().ifPresent(detail -> fields.put("detail", detail));
  }
}
