package dev.countersign.demo.ca;

import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1OctetString;

/** Trust in one authority, within the names that its own certificate permits. */
final class LocalTrust {
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private LocalTrust() {}

  /** TLS that trusts what the authority signed and nothing else. */
  @Enforces({"SP-5.2.1-5", "TLS-7"})
  static SSLContext in(X509Certificate authority) throws GeneralSecurityException {
    PKIXBuilderParameters parameters =
        new PKIXBuilderParameters(Set.of(new TrustAnchor(authority, null)), new X509CertSelector());
    // The authority lives for one run and has no revocation list.
    parameters.setRevocationEnabled(false);
    parameters.addCertPathChecker(new WithinNames(authority));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  /**
   * Holds every certificate of a path to the name constraints of the trust anchor: the algorithm of
   * RFC 5280 section 6.1 takes only name and key of an anchor, and so does the JDK.
   */
  private static final class WithinNames extends PKIXCertPathChecker {
    private final X509CertSelector permitted = new X509CertSelector();

    WithinNames(X509Certificate authority) throws CertPathValidatorException {
      try {
        permitted.setNameConstraints(inner(authority.getExtensionValue(NAME_CONSTRAINTS)));
      } catch (IOException e) {
        throw new CertPathValidatorException("the name constraints cannot be read", e);
      }
    }

    @Override
    public void init(boolean forward) {
      // Certificates are judged one by one, in any order.
    }

    @Override
    public boolean isForwardCheckingSupported() {
      return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
      return Set.of();
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved)
        throws CertPathValidatorException {
      if (!permitted.match(certificate)) {
        throw new CertPathValidatorException("a name outside of what the authority may sign");
      }
    }

    /** The content of the octet string that an extension's value is wrapped in. */
    private static byte[] inner(byte[] extension) {
      return ASN1OctetString.getInstance(extension).getOctets();
    }
  }
}
