package dev.countersign.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where a person's programs keep what shall outlive them (XDG Base Directory Specification). */
final class StateFolder {
  private StateFolder() {}

  /** What the demonstration keeps. */
  static Path ofDemo() {
    return ofDemo(
        Optional.ofNullable(System.getenv("XDG_STATE_HOME")),
        Path.of(System.getProperty("user.home")));
  }

  /** A variable that is no absolute path counts as not set, as the specification wants it. */
  static Path ofDemo(Optional<String> variable, Path home) {
    return variable
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(".local").resolve("state"))
        .resolve("countersign")
        .resolve("demo");
  }
}
