package dev.countersign.server.metadata;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import java.time.Instant;

/** A public JSON document that changes only with a restart. */
public final class Document implements Endpoint {
  private final HttpResponse response;

  /** Serves this object. */
  public Document(JsonObject content) {
    this.response = HttpResponse.json(200, content).with("Cache-Control", "public, max-age=300");
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    return response;
  }
}
