package dev.countersign.cli.check;

import dev.countersign.server.config.Config;
import dev.countersign.server.config.TlsFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate that clients are shown under a name.
 *
 * @param key the section of the configuration that gives it
 * @param host the name or address that clients connect to
 * @param whose what that is, in words
 */
record Shown(String key, TlsFiles files, String host, String whose) {

  /** One for each listener. */
  static List<Shown> of(Config config) {
    List<Shown> all = new ArrayList<>();
    all.add(new Shown("tls", config.tls(), config.issuer().uri().getHost(), "the issuer's host"));
    config
        .mtls()
        .ifPresent(
            mtls ->
                all.add(
                    new Shown(
                        mtls.tls().isPresent() ? "mtls" : "tls",
                        mtls.tls().orElse(config.tls()),
                        mtls.origin().getHost(),
                        "the host of mtls.url")));
    return all;
  }
}
