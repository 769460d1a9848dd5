package dev.countersign.demo.ca;

import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/** The names of this machine, as a certificate bears them and as an authority is held to them. */
final class LocalNames {
  /** {@code localhost} and the loopback addresses, as a subjectAltName. */
  static final GeneralNames ALL =
      new GeneralNames(new GeneralName[] {dns("localhost"), address("127.0.0.1"), address("::1")});

  /** {@code localhost} alone. */
  static final GeneralNames HOST = new GeneralNames(dns("localhost"));

  private LocalNames() {}

  /** Exactly these names; an address is a range of one (RFC 5280 section 4.2.1.10). */
  static NameConstraints constraints() {
    List<GeneralName> permitted =
        List.of(dns("localhost"), address("127.0.0.1/32"), address("::1/128"));
    return new NameConstraints(
        permitted.stream().map(GeneralSubtree::new).toArray(GeneralSubtree[]::new), null);
  }

  static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  static GeneralName address(String text) {
    return new GeneralName(GeneralName.iPAddress, text);
  }
}
