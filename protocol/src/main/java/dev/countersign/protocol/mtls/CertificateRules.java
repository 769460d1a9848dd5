package dev.countersign.protocol.mtls;

import dev.countersign.requirement.Enforces;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with a certificate by which a client authenticates. Nothing is fetched. */
public final class CertificateRules {
  private static final Set<String> FOR_CLIENTS =
      Set.of(
          // id-kp-clientAuth and anyExtendedKeyUsage, RFC 5280 section 4.2.1.12.
          "1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

  private CertificateRules() {}

  /**
   * Why a certificate is not good at a moment, whoever signed it: not yet or no longer valid, or
   * meant for something else than clients; empty if it is good.
   */
  @Enforces({"MT-3", "MT-4"})
  public static Optional<String> unfit(ClientCertificate shown, Instant now) {
    X509Certificate certificate = shown.certificate();
    try {
      certificate.checkValidity(Date.from(now));
      boolean[] keyUsage = certificate.getKeyUsage();
      // RFC 8446 section 4.4.2.3; the first bit is digitalSignature.
      if (keyUsage != null && !keyUsage[0]) {
        return Optional.of("its key usage is not that of signatures");
      }
      List<String> usage = certificate.getExtendedKeyUsage();
      if (usage != null && usage.stream().noneMatch(FOR_CLIENTS::contains)) {
        return Optional.of("its extended key usage is not that of clients");
      }
    } catch (CertificateExpiredException e) {
      return Optional.of("it has expired");
    } catch (CertificateNotYetValidException e) {
      return Optional.of("it is not valid yet");
    } catch (CertificateParsingException e) {
      return Optional.of("its extended key usage cannot be read");
    }
    return Optional.empty();
  }

  /**
   * Whether the chain that the client showed leads from its certificate to one of the authorities
   * (RFC 5280 section 6). Whether a certificate was revoked is not asked: that is the deployment's
   * choice (MT-4), and a registration is ended faster than a certificate.
   */
  @Enforces("MT-2")
  public static boolean leadsTo(
      List<X509Certificate> authorities, ClientCertificate shown, Instant now) {
    if (authorities.isEmpty()) {
      return false;
    }
    try {
      X509CertSelector itself = new X509CertSelector();
      itself.setCertificate(shown.certificate());
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors(authorities), itself);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown.chain())));
      parameters.setDate(Date.from(now));
      parameters.setRevocationEnabled(false);
      return CertPathBuilder.getInstance("PKIX")
          .build(parameters)
          .getCertPath()
          .getCertificates()
          .stream()
          .noneMatch(CertificateRules::isWeaklySigned);
    } catch (CertPathBuilderException noPath) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM builds paths of certificates", e);
    }
  }

  /** Somebody else may have got such a signature for another certificate (RFC 9325 section 4.5). */
  private static boolean isWeaklySigned(Certificate certificate) {
    String algorithm = ((X509Certificate) certificate).getSigAlgName().toUpperCase(Locale.ROOT);
    return algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
  }

  private static Set<TrustAnchor> anchors(List<X509Certificate> authorities) {
    return authorities.stream()
        .map(authority -> new TrustAnchor(authority, null))
        .collect(Collectors.toSet());
  }
}
