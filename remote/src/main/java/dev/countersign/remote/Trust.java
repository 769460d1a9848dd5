package dev.countersign.remote;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Which authorities the certificates of other parties are judged by. */
public final class Trust {
  private Trust() {}

  /**
   * The authorities that the JDK trusts, and these besides.
   *
   * @param more certificates of authorities, for example of a private one
   */
  public static SSLContext jdkAnd(Collection<X509Certificate> more) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      List<X509Certificate> jdk = authoritiesOfTheJdk();
      for (X509Certificate authority : jdk) {
        all.setCertificateEntry("authority-" + all.size(), authority);
      }
      for (X509Certificate authority : more) {
        all.setCertificateEntry("authority-" + all.size(), authority);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(all), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This JDK has no usable list of authorities", e);
    }
  }

  private static List<X509Certificate> authoritiesOfTheJdk() throws GeneralSecurityException {
    TrustManagerFactory factory = factory();
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
        .toList();
  }

  private static TrustManager[] managers(KeyStore authorities) throws GeneralSecurityException {
    TrustManagerFactory factory = factory();
    factory.init(authorities);
    return factory.getTrustManagers();
  }

  private static TrustManagerFactory factory() throws GeneralSecurityException {
    return TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
  }
}
