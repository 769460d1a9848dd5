package dev.countersign.demo.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.edge.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The style sheet and the sign of the application. */
final class Assets {
  private final String style = read("sunny.css");
  private final String sign = read("sunny.svg");

  /** What is kept at this path. */
  Optional<HttpResponse> at(String path) {
    return switch (path) {
      case "/sunny.css" -> Optional.of(kept("text/css; charset=utf-8", style));
      case "/sunny.svg" -> Optional.of(kept("image/svg+xml", sign));
      default -> Optional.empty();
    };
  }

  private static HttpResponse kept(String type, String text) {
    return HttpResponse.of(200, type, text.getBytes(UTF_8))
        .with("Cache-Control", "public, max-age=3600");
  }

  private static String read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the artefact");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
