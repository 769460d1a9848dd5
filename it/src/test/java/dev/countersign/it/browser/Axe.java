package dev.countersign.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Checks pages against the rules of WCAG 2.2, levels A and AA, that a machine can check. */
final class Axe {
  private static final String RUN =
      """
      async () => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const result = await axe.run(document, {runOnly: {type: 'tag', values: tags}});
        return {
          rules: result.passes.length,
          faults: result.violations.flatMap(rule => rule.nodes.map(
              node => rule.id + ' at ' + node.html + ': ' + node.failureSummary)),
        };
      }
      """;

  private Axe() {}

  /** Fails with all that is wrong on the page in front of the visitor. */
  static void requireAccessible(Visitor visitor) {
    Page page = visitor.page();
    page.evaluate(script());
    Object result = page.evaluate(RUN);
    assertThat(result)
        .as("%s at %s, %s", page.title(), page.url(), visitor.look())
        .extracting("faults")
        .isEqualTo(List.of());
    assertThat(result).extracting("rules").isNotEqualTo(0);
  }

  /** Evaluated by the debugger, which no content security policy binds. */
  private static String script() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) {
        throw new IllegalStateException("axe.min.js is not in the class path");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
