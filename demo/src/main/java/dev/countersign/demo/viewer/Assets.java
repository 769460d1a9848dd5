package dev.countersign.demo.viewer;

import dev.countersign.edge.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of the page, read from the artefact once. */
final class Assets {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final String page;
  private final byte[] script;
  private final byte[] messageScript;
  private final byte[] style;

  Assets() {
    this.page = new String(read("flow.html"), StandardCharsets.UTF_8);
    this.script = read("flow.js");
    this.messageScript = read("message.js");
    this.style = read("flow.css");
  }

  /** The page with the token for its requests; both are ours, so nothing has to be escaped. */
  HttpResponse page(RequestGuard guard) {
    return HttpResponse.html(200, page.replace("{{token}}", guard.token()));
  }

  HttpResponse script() {
    return HttpResponse.of(200, SCRIPT, script);
  }

  HttpResponse messageScript() {
    return HttpResponse.of(200, SCRIPT, messageScript);
  }

  HttpResponse style() {
    return HttpResponse.of(200, "text/css; charset=utf-8", style);
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the artefact");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
