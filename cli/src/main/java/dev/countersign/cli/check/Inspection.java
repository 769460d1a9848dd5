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
    List<String> certificates = new ArrayList<>();
    for (Shown shown : Shown.of(config)) {
      try {
        TlsIdentity identity = TlsIdentity.ofPem(shown.files().certificate(), shown.files().key());
        CertificateLook look = new CertificateLook(identity, now);
        look.faults(shown.host(), shown.whose())
            .forEach(fault -> wrong.add(shown.key() + ".certificate: " + fault));
        look.warnings().forEach(warning -> warnings.add(shown.key() + ".certificate: " + warning));
        certificates.add(look.summary());
      } catch (InvalidTlsIdentityException e) {
        wrong.add(shown.key() + ": " + e.getMessage());
        certificates.add("");
      }
    }
    try {
      SqliteStore.requireUsable(config.store());
    } catch (StoreException e) {
      missing.add("store.path: " + e.getMessage());
    }
    warnings.addAll(ChoicesLook.warnings(config));
    // What both listeners show is said once.
    List<String> once = warnings.stream().distinct().toList();
    return new Inspection(wrong, missing, once, Summary.of(config, certificates));
  }
}
