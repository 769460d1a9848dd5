package dev.countersign.server.config;

import dev.countersign.remote.Freshness;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys that say where clients and their keys come from. */
final class ClientsReader {
  private final Path folder;

  ClientsReader(Path folder) {
    this.folder = folder;
  }

  Optional<Path> directory(Section root) {
    return root.optional(
        "clients_dir",
        Kinds.folder(folder, "clients"),
        "none",
        "A folder with more of them, each in a file of its own (`*.yaml`) with the keys of"
            + " `clients[]`. Paths in it start there.");
  }

  Optional<Optional<Duration>> reload(Section root) {
    return root.orElse(
        "clients_reload",
        Durations.clientsReload(),
        "10s",
        "How often `clients` and `clients_dir` are looked at for changes, which take effect without"
            + " a restart.");
  }

  Optional<KeyFetchConfig> keys(Section section) {
    Optional<Duration> freshFor =
        section.orElse(
            "fresh_for", Durations.keysFresh(), "10m", "So long they are used without asking.");
    Optional<Duration> minRefetch =
        section.orElse(
            "min_refetch",
            Durations.keysRefetch(),
            "30s",
            "An unknown `kid` makes the server look again, but not sooner than this.");
    Optional<Duration> maxStale =
        section.orElse(
            "max_stale",
            Durations.keysStale(),
            "24h",
            "So long after they were fetched they stand in while fetching fails.");
    Optional<Duration> timeout =
        section.orElse("timeout", Durations.keysTimeout(), "5s", "The longest time of one fetch.");
    Optional<Boolean> privately =
        section.orElse(
            "allow_private_addresses",
            Kinds.bool(false),
            "false",
            "Whether they may come from this machine (loopback) and from private networks.");
    Optional<List<X509Certificate>> authorities =
        section.optional(
            "trusted_ca",
            CertificateKinds.certificates(folder, "private-ca.pem"),
            "none",
            "PEM file with certificates of authorities to trust beside those of the JDK.");
    if (freshFor.isPresent()
        && maxStale.isPresent()
        && maxStale.get().compareTo(freshFor.get()) < 0) {
      section.problem("max_stale", "must be at least fresh_for", "24h");
    }
    return section.finish(
        () ->
            new KeyFetchConfig(
                new Freshness(
                    freshFor.orElseThrow(), minRefetch.orElseThrow(), maxStale.orElseThrow()),
                timeout.orElseThrow(),
                privately.orElseThrow(),
                authorities.orElse(List.of())));
  }
}
