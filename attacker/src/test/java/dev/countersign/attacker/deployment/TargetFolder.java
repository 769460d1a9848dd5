package dev.countersign.attacker.deployment;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Map;
import java.util.Optional;

/** A folder with target files, and the files of keys that they name. */
final class TargetFolder {
  /** Made once: keys are slow. */
  static final SigningKey KEY = Jose.jdk().generate(SignatureAlgorithm.ES256, new SecureRandom());

  private final Path folder;

  TargetFolder(Path folder) {
    this.folder = folder;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** A file that is open to its owner alone. */
  void secret(String name, String content) {
    write(name, content);
    chmod(name, "rw-------");
  }

  void chmod(String name, String permissions) {
    try {
      Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String content) {
    try {
      Files.writeString(path(name), content);
      chmod(name, "rw-r--r--");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code name.jwk.json}, private. */
  void privateJwk(String name) {
    secret(name + ".jwk.json", KEY.toPrivateJwk().toJson());
  }

  /** {@code name.jwk.json}, public. */
  void publicJwk(String name) {
    write(name + ".jwk.json", KEY.publicJwk().toJson().toJson());
  }

  /** {@code name.pem} and {@code name-key.pem}. */
  void certificate(String name, TestTls tls) {
    write(name + ".pem", pem(tls));
    secret(name + "-key.pem", TestTls.pem("PRIVATE KEY", tls.key().getEncoded()));
  }

  static String pem(TestTls tls) {
    try {
      return TestTls.pem("CERTIFICATE", tls.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads a text as {@code attack.yaml} of the folder. */
  Target read(String yaml, Map<String, String> environment) throws InvalidTargetException {
    write("attack.yaml", yaml);
    return TargetFile.read(path("attack.yaml"), name -> Optional.ofNullable(environment.get(name)));
  }
}
