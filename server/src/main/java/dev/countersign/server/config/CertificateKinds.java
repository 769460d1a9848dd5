package dev.countersign.server.config;

import dev.countersign.protocol.mtls.SubjectRule;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.config.Kind.WrongValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The kinds of values about client certificates. */
final class CertificateKinds {
  private static final List<String> METHODS =
      List.of(
          ClientAuthentication.PrivateKeyJwt.METHOD,
          ClientAuthentication.TlsClientAuth.METHOD,
          ClientAuthentication.SelfSignedTlsClientAuth.METHOD);

  private CertificateKinds() {}

  /** How a client authenticates: the three of FAPI. */
  @Enforces("SP-5.3.2.1-6")
  static Kind<String> method() {
    return new Kind<>(
        METHODS.getFirst(),
        Shape.oneOf(METHODS),
        "One of `" + String.join("`, `", METHODS) + "`.",
        node -> {
          if (node instanceof ScalarNode scalar && METHODS.contains(scalar.getValue())) {
            return scalar.getValue();
          }
          throw new WrongValue("must be one of " + String.join(", ", METHODS) + " (SP-5.3.2.1-6)");
        });
  }

  /** A subject that a certificate must have, as one kind of name says it. */
  @Enforces("MT-2")
  static Kind<SubjectRule> subject(String example, Function<String, SubjectRule> rule) {
    return new Kind<>(
        example,
        Shape.text(),
        "",
        node -> {
          try {
            return rule.apply(Kinds.text(node));
          } catch (IllegalArgumentException wrong) {
            throw new WrongValue("is not such a name (MT-2)");
          }
        });
  }

  /** A PEM file with certificates, at least one. */
  static Kind<List<X509Certificate>> certificates(Path folder, String example) {
    Kind<Path> file = Kinds.file(folder, example);
    return new Kind<>(
        file.example(), file.shape(), "", node -> certificates(file.reader().read(node)));
  }

  /** The same, all of authorities. */
  @Enforces("MT-2")
  static Kind<List<X509Certificate>> authorities(Path folder, String example) {
    Kind<List<X509Certificate>> any = certificates(folder, example);
    return new Kind<>(
        any.example(),
        any.shape(),
        "",
        node -> {
          List<X509Certificate> certificates = any.reader().read(node);
          // RFC 5280 section 6.1.4 (k): only the basic constraint cA lets it sign others.
          if (certificates.stream().anyMatch(one -> one.getBasicConstraints() < 0)) {
            throw new WrongValue("has a certificate that is not an authority's");
          }
          return certificates;
        });
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
