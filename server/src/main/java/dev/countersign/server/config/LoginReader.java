package dev.countersign.server.config;

import java.time.Duration;
import java.util.Optional;

/** The keys of {@code login}. */
final class LoginReader {
  private LoginReader() {}

  static Optional<LoginConfig> read(Section section) {
    Optional<String> acr =
        section.optional(
            "acr",
            Kinds.acr(),
            "none",
            "The authentication context that every login states, the `acr` of its ID tokens and"
                + " access tokens. A client that needs another one, by `acr_values` (RFC 9470) or"
                + " by an essential claim, is refused with `unmet_authentication_requirements`. A"
                + " password is the one way to log in, so there is one value.");
    Optional<Integer> account =
        section.orElse(
            "failures_per_account",
            Kinds.count(100, "5"),
            "5",
            "Failed tries of one username, known or not, before it has to wait: 1 minute, doubling"
                + " with each further failure up to 15 minutes. A right password ends it.");
    Optional<Optional<Integer>> address =
        section.orElse(
            "failures_per_address",
            Kinds.countOrNone(100_000, "30"),
            "30",
            "Failed tries from one address within a window; the next ones wait until it ends. IPv6"
                + " addresses count by their first 64 bits. Behind a reverse proxy everybody comes"
                + " from its address, unless `trusted_proxies` says how to tell people apart: set"
                + " `none` there otherwise.");
    Optional<Duration> window =
        section.orElse("window", Durations.loginWindow(), "15m", "How long a failed try counts.");
    return section.finish(
        () ->
            new LoginConfig(
                acr, account.orElseThrow(), address.orElseThrow(), window.orElseThrow()));
  }
}
