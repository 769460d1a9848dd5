package dev.countersign.cli.check;

import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.server.config.Config;
import dev.countersign.store.StoreException;
import dev.countersign.store.sql.SqliteStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in the way of serving a configuration that is right in itself.
 *
 * @param wrong what the configuration names and cannot be used, a sentence each
 * @param missing what the surroundings lack, a sentence each
 * @param warnings what will stand in the way later or only to some, a sentence each
 * @param summary what would be served, in lines
 */
public record Inspection(
    List<String> wrong, List<String> missing, List<String> warnings, List<String> summary) {

  /** Copies the lists. */
  public Inspection {
    wrong = List.copyOf(wrong);
    missing = List.copyOf(missing);
    warnings = List.copyOf(warnings);
    summary = List.copyOf(summary);
  }

  /** Looks at certificate and store as they are now. */
  public static Inspection of(Config config, Instant now) {
    List<String> wrong = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    String certificate = "";
    try {
      TlsIdentity identity = TlsIdentity.ofPem(config.tls().certificate(), config.tls().key());
      CertificateLook look = new CertificateLook(identity, now);
      look.faults(config.issuer()).forEach(fault -> wrong.add("tls.certificate: " + fault));
      look.warnings().forEach(warning -> warnings.add("tls.certificate: " + warning));
      certificate = look.summary();
    } catch (InvalidTlsIdentityException e) {
      wrong.add("tls: " + e.getMessage());
    }
    try {
      SqliteStore.requireUsable(config.store());
    } catch (StoreException e) {
      missing.add("store.path: " + e.getMessage());
    }
    return new Inspection(wrong, missing, warnings, Summary.of(config, certificate));
  }
}
