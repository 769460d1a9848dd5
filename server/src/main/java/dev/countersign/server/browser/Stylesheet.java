package dev.countersign.server.browser;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Serves the one style sheet of the pages. */
public final class Stylesheet implements Endpoint {
  private final String css;

  /** Reads it from the artefact, once. */
  public Stylesheet() {
    try (InputStream in = Stylesheet.class.getResourceAsStream("pages.css")) {
      if (in == null) {
        throw new IllegalStateException("pages.css is missing from the artefact");
      }
      this.css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    return HttpResponse.of(200, "text/css; charset=utf-8", css.getBytes(StandardCharsets.UTF_8))
        .with("X-Content-Type-Options", "nosniff")
        .with("Cache-Control", "public, max-age=3600");
  }
}
