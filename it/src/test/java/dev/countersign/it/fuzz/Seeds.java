package dev.countersign.it.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The messages that the fuzzer begins with: for each target a file in the resources, in which a
 * line of two percent signs stands between two messages.
 */
final class Seeds {
  private static final String BETWEEN = "\n%%\n";

  private Seeds() {}

  /** Those of a target, at least one. */
  static List<byte[]> of(Target<?> target) {
    String file = "/fuzz/" + target.name() + ".txt";
    try (InputStream in = Seeds.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError(file + " is missing: a target begins with real messages");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      return Arrays.stream(whole.split(BETWEEN, -1))
          .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
