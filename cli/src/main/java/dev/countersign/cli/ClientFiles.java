package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.client.ClientCertificate;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.RefusalException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Keys, certificates and authorities of a client, as files hold them. */
final class ClientFiles {
  private ClientFiles() {}

  /** The private JWK, alone or as the one key of a set. */
  static SigningKey key(Path file) throws CommandFailure {
    try {
      JsonObject json = JsonObject.parse(read(file));
      Optional<List<JsonObject>> set = json.objects("keys");
      if (set.isPresent() && set.get().size() != 1) {
        throw unusable(file, "a set of one private JWK");
      }
      return SigningKey.fromPrivateJwk(set.map(List::getFirst).orElse(json));
    } catch (MalformedJsonException | InvalidJwkException e) {
      throw unusable(file, "a private JWK for PS256, ES256 or Ed25519");
    }
  }

  /** A JSON array of authorization details. */
  static AuthorizationDetails details(Path file) throws CommandFailure {
    try {
      return AuthorizationDetails.parse(read(file));
    } catch (RefusalException e) {
      throw unusable(file, "a JSON array of authorization details");
    }
  }

  static ClientCertificate certificate(Path certificates, Path key) throws CommandFailure {
    String chain = read(certificates);
    String secret = read(key);
    try {
      return ClientCertificate.fromPem(chain, secret);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s and %s are no certificate and key: %s.".formatted(certificates, key, e.getMessage()));
    }
  }

  /** Whom to trust: the authorities of the file, or those of the JDK. */
  static SSLContext trust(Optional<Path> ca) throws CommandFailure {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] managers = trustManagers(ca);
      context.init(null, managers.length == 0 ? null : managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java runtime has no TLS", e);
    }
  }

  /** As {@link #trust}; none are those of the JDK. */
  static TrustManager[] trustManagers(Optional<Path> ca) throws CommandFailure {
    return ca.isEmpty() ? new TrustManager[0] : trusting(ca.get());
  }

  private static TrustManager[] trusting(Path file) throws CommandFailure {
    byte[] pem = read(file).getBytes(UTF_8);
    try {
      Collection<? extends Certificate> authorities =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (authorities.isEmpty()) {
        throw unusable(file, "PEM of certificates");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate authority : authorities) {
        store.setCertificateEntry("ca" + store.size(), authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, "PEM of certificates");
    }
  }

  private static String read(Path file) throws CommandFailure {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, file + " cannot be read.");
    }
  }

  /** Says nothing of what the file holds: it may be a key. */
  private static CommandFailure unusable(Path file, String expected) {
    return new CommandFailure(ExitCode.USAGE, file + " is not " + expected + ".");
  }
}
