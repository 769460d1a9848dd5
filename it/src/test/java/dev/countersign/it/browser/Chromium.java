package dev.countersign.it.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Chromium is on this machine, and what to do where it is not. */
final class Chromium {
  /** How to get one. */
  static final String MISSING =
      "no Chromium found: install one, with \"apt-get install chromium\" for instance, or set"
          + " CHROMIUM_BIN to it";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private Chromium() {}

  /** The executable that {@code CHROMIUM_BIN} names, or else the first one in {@code PATH}. */
  static Optional<Path> find(Map<String, String> environment) {
    String named = environment.getOrDefault("CHROMIUM_BIN", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    List<Path> folders =
        Stream.of(environment.getOrDefault("PATH", "").split(":"))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList();
    return NAMES.stream()
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether a missing Chromium is a fault: an automatic build on Linux has to have one. */
  static boolean isRequired(Map<String, String> environment, String system) {
    return "true".equals(environment.get("CI")) && system.equals("Linux");
  }
}
