package dev.countersign.edge;

import dev.countersign.requirement.Enforces;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS as RFC 9325 and the FAPI 2.0 Security Profile want it. Names are not compared: which name a
 * client used, in SNI or in {@code Host}, is between it and the certificate it checks, and a
 * request to an address has none.
 */
final class StrictTls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** RFC 8446 section 9.1, then exactly those of RFC 9325 section 4.2; ours by preference. */
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  };

  private final Optional<Provider> provider;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();

  /**
   * The server side. Java's TLS has neither compression nor early data, and speaks {@code
   * renegotiation_info} and {@code extended_master_secret}.
   */
  @Enforces({
    "SP-5.2.1-2",
    "SP-5.2.1-3",
    "SP-5.2.2-1",
    "SP-5.2.3-2",
    "TLS-1",
    "TLS-2",
    "TLS-3",
    "TLS-4",
    "TLS-5",
    "TLS-6"
  })
  StrictTls(
      List<TlsIdentity> identities, ClientCertificates certificates, Optional<Provider> provider) {
    this.provider = provider;
    factory.setSslContext(context(identities));
    // Jetty's own lists of what to leave out would be subtracted from ours.
    factory.setExcludeProtocols();
    factory.setExcludeCipherSuites();
    factory.setIncludeProtocols(PROTOCOLS);
    factory.setIncludeCipherSuites(SUITES);
    factory.setUseCipherSuitesOrder(true);
    factory.setRenegotiationAllowed(false);
    factory.setWantClientAuth(certificates == ClientCertificates.WANTED);
  }

  /** What makes Jetty's TLS. */
  SslContextFactory.Server factory() {
    return factory;
  }

  /** As {@link HttpsServer#show}: a context of its own knows no sessions of another. */
  void show(List<TlsIdentity> identities) {
    if (identities.isEmpty()) {
      throw new IllegalArgumentException("a server needs a TLS identity");
    }
    SSLContext context = context(identities);
    try {
      factory.reload(changed -> changed.setSslContext(context));
    } catch (Exception e) {
      throw new IllegalStateException("TLS did not take the new identities", e);
    }
  }

  private SSLContext context(List<TlsIdentity> identities) {
    try {
      SSLContext context =
          provider.isPresent()
              ? SSLContext.getInstance("TLS", provider.get())
              : SSLContext.getInstance("TLS");
      KeyManager[] keys = {new IdentityKeyManager(identities)};
      context.init(keys, new TrustManager[] {new AnyClient()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot speak TLS", e);
    }
  }
}
