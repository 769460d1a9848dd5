package dev.countersign.server.browser;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.server.config.Logo;
import dev.countersign.server.config.PagesConfig;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A file that pages load: the style sheet or the operator's logo. Its address names its content, so
 * that a browser can keep it for good and still sees a change at once. Safe for any number of
 * threads.
 */
public final class Asset implements Endpoint {
  /** An SVG may hold script; opened by itself it must not run on this origin. */
  private static final String ALONE =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

  private final byte[] bytes;
  private final String mediaType;
  private final String version;

  private Asset(byte[] bytes, String mediaType) {
    this.bytes = bytes;
    this.mediaType = mediaType;
    this.version = digest(bytes);
  }

  /** The style sheet of the pages, in the operator's colours. */
  public static Asset stylesheet(PagesConfig config) {
    try (InputStream in = Asset.class.getResourceAsStream("pages.css")) {
      if (in == null) {
        throw new IllegalStateException("pages.css is missing from the artefact");
      }
      String css = new String(in.readAllBytes(), StandardCharsets.UTF_8) + colours(config);
      return new Asset(css.getBytes(StandardCharsets.UTF_8), "text/css; charset=utf-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String colours(PagesConfig config) {
    return """
    :root { --accent: %s; --card: %s; }
    @media (prefers-color-scheme: dark) { :root { --accent: %s; --card: %s; } }
    """
        .formatted(
            config.accent().hex(),
            PagesConfig.LIGHT.hex(),
            config.accentDark().hex(),
            PagesConfig.DARK.hex());
  }

  /** The operator's logo. */
  public static Asset logo(Logo logo) {
    return new Asset(logo.bytes(), logo.mediaType());
  }

  /** The address of this very content at a path. */
  String at(String path) {
    return path + "?v=" + version;
  }

  @Override
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    // Another version is asked for while servers are replaced one by one: not to be kept.
    boolean exact = request.query().filter(("v=" + version)::equals).isPresent();
    return HttpResponse.of(200, mediaType, bytes)
        .with("Cache-Control", exact ? "public, max-age=31536000, immutable" : "no-cache")
        .with("Content-Security-Policy", ALONE)
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("X-Content-Type-Options", "nosniff");
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sha256, 0, 8);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("This JDK has no SHA-256", everyJdkHasIt);
    }
  }
}
