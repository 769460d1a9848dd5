package dev.countersign.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Where clients come from, and their keys.
 *
 * @param files the files that register them, as they were read
 * @param reload how often the files are looked at; empty: never
 * @param keys how the keys that they publish are fetched
 * @param dynamic how clients register themselves; empty: they cannot
 */
public record ClientsConfig(
    ClientFiles files,
    Optional<Duration> reload,
    KeyFetchConfig keys,
    Optional<DynamicRegistration> dynamic) {

  /** Clients that never change, for a host that makes its configuration without files. */
  public static final ClientsConfig FIXED =
      new ClientsConfig(
          ClientFiles.none(), Optional.empty(), KeyFetchConfig.STANDARD, Optional.empty());
}
