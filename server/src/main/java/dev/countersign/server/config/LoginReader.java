package dev.countersign.server.config;

import java.time.Duration;
import java.util.Optional;

/** The keys of {@code login}. */
final class LoginReader {
  private LoginReader() {}

  static Optional<LoginConfig> read(Section section) {
    Optional<Integer> account =
        section.orElse("failures_per_account", Kinds.count(100, "5"), LoginConfig.PER_ACCOUNT);
    Optional<Optional<Integer>> address =
        section.orElse(
            "failures_per_address",
            Kinds.countOrNone(100_000, "30"),
            Optional.of(LoginConfig.PER_ADDRESS));
    Optional<Duration> window =
        section.orElse("window", Durations.loginWindow(), LoginConfig.WINDOW);
    return section.finish(
        () -> new LoginConfig(account.orElseThrow(), address.orElseThrow(), window.orElseThrow()));
  }
}
