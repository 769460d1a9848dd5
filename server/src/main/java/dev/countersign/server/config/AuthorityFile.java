package dev.countersign.server.config;

import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.Kind.WrongValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Files with the certificates of authorities, in PEM. */
final class AuthorityFile {
  private AuthorityFile() {}

  /**
   * A file whose certificates say that they are an authority's (RFC 5280 section 4.2.1.9): the key
   * of any other, a client's perhaps, must not be able to sign certificates of clients.
   */
  @Enforces("MT-2")
  static Kind<List<X509Certificate>> ofClients(Path folder) {
    Kind<List<X509Certificate>> any = in(folder, "client-ca.pem");
    return new Kind<>(
        any.example(),
        any.shape(),
        "",
        node -> {
          List<X509Certificate> certificates = any.reader().read(node);
          if (certificates.stream().anyMatch(one -> one.getBasicConstraints() < 0)) {
            throw new WrongValue("holds a certificate that is no authority's (MT-2)");
          }
          return certificates;
        });
  }

  /** Such a file; relative paths start at the folder. */
  static Kind<List<X509Certificate>> in(Path folder, String example) {
    Kind<Path> file = Kinds.file(folder, example);
    return new Kind<>(
        file.example(), file.shape(), "", node -> certificates(file.reader().read(node)));
  }

  private static List<X509Certificate> certificates(Path path) throws WrongValue {
    try (InputStream in = Files.newInputStream(path)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new WrongValue("no certificate in " + path);
      }
      return certificates;
    } catch (IOException | CertificateException e) {
      throw new WrongValue("no certificates in PEM can be read from " + path);
    }
  }
}
