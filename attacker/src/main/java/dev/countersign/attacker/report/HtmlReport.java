package dev.countersign.attacker.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * For people: one page that stands alone. It loads nothing and runs nothing, and says so to the
 * browser, because it shows what an attacked server sent.
 */
public final class HtmlReport {
  private static final String GENERATED = "dev.countersign.attacker.pages";
  private static final String STYLE_SHEET = "report.css";

  private HtmlReport() {}

  /** The run as a page. */
  public static String of(Findings findings) {
    String css = styleSheet();
    String policy =
        "default-src 'none'; style-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(hash(css));
    Page page = new Page(findings, Matrix.of(findings), Headline.of(findings), css, policy);
    StringOutput html = new StringOutput();
    TemplateEngine.createPrecompiled(null, ContentType.Html, null, GENERATED)
        .render("report/page.jte", page, html);
    return html.toString();
  }

  private static String styleSheet() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE_SHEET)) {
      if (in == null) {
        throw new IllegalStateException("the style sheet of the report is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet of the report cannot be read", e);
    }
  }

  /** As a browser takes it of what stands between the tags (CSP 3 section 2.3.1). */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
