package dev.countersign.demo.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.edge.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** The files of the page, read from the artefact once. */
final class Assets {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Document page;
  private final Map<String, HttpResponse> files;

  Assets() {
    this.page = Jsoup.parse(new String(read("flow.html"), UTF_8));
    this.files =
        Map.of(
            "/flow.js", file("flow.js", SCRIPT),
            "/message.js", file("message.js", SCRIPT),
            "/flow.css", file("flow.css", STYLE),
            "/message.css", file("message.css", STYLE));
  }

  private static HttpResponse file(String name, String type) {
    return HttpResponse.of(200, type, read(name));
  }

  /** What the page loads from here; empty for any other path. */
  Optional<HttpResponse> at(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /**
   * The page.
   *
   * @param token for its requests
   * @param app where the application is
   */
  HttpResponse page(String token, URI app) {
    Document filled = page.clone();
    filled.select("meta[name=flow-token]").attr("content", token);
    filled.select("a.app").attr("href", app.toString());
    return HttpResponse.html(200, filled.outerHtml());
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
