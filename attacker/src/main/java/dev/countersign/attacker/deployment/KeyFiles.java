package dev.countersign.attacker.deployment;

import dev.countersign.attacker.deployment.Kind.WrongValue;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.PemFile;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * The files of keys and certificates that the target file names. One that holds a private key is
 * refused if it is open to others.
 */
final class KeyFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final JsonLimits LIMITS = JsonLimits.DEFAULT;

  private KeyFiles() {}

  /** A private JWK, or a set of one. */
  static SigningKey signingKey(Path file) throws WrongValue {
    JsonObject jwk = onlyKey(file);
    if (!jwk.has("d")) {
      throw new WrongValue(
          file + " holds a public key: its private one is needed, which has the member d");
    }
    requireOwnerOnly(file);
    try {
      return SigningKey.fromPrivateJwk(jwk);
    } catch (InvalidJwkException e) {
      throw new WrongValue(file + " holds no key for PS256, ES256 or EdDSA: " + e.reason());
    }
  }

  /** A public JWK, or a set of one. */
  static PublicJwk publicKey(Path file) throws WrongValue {
    JsonObject jwk = onlyKey(file);
    if (jwk.has("d") || jwk.has("k")) {
      throw new WrongValue(
          file + " holds a private key: its public half alone is needed, without the member d");
    }
    try {
      return PublicJwk.parse(jwk);
    } catch (InvalidJwkException e) {
      throw new WrongValue(file + " holds no key for PS256, ES256 or EdDSA: " + e.reason());
    }
  }

  private static JsonObject onlyKey(Path file) throws WrongValue {
    try {
      JsonObject json = JsonObject.parse(bytes(file), LIMITS);
      if (!json.has("keys")) {
        return json;
      }
      List<JsonObject> keys = json.objects("keys").orElse(List.of());
      if (keys.size() != 1) {
        throw new WrongValue(
            file + " holds a set of " + keys.size() + " keys: leave the one that is meant");
      }
      return keys.getFirst();
    } catch (MalformedJsonException e) {
      throw new WrongValue(file + " holds no JWK: " + e.reason());
    }
  }

  private static byte[] bytes(Path file) throws WrongValue {
    if (!Files.isRegularFile(file)) {
      throw new WrongValue(file + ": there is no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      // One more than allowed, so that the reader of JSON sees that it is too much.
      return in.readNBytes(LIMITS.maxBytes() + 1);
    } catch (IOException _) {
      throw new WrongValue(file + ": cannot be read");
    }
  }

  /** All certificates of a PEM file, at least one. */
  static List<X509Certificate> certificates(Path file) throws WrongValue {
    try {
      return PemFile.read(file).certificates();
    } catch (InvalidTlsIdentityException e) {
      throw new WrongValue(String.valueOf(e.getMessage()));
    }
  }

  /** The private key to the first certificate of a chain. */
  static TestCertificate certificate(List<X509Certificate> chain, Path keyFile) throws WrongValue {
    PublicKey own = chain.getFirst().getPublicKey();
    try {
      PrivateKey key = PemFile.read(keyFile).privateKey(own.getAlgorithm());
      requireOwnerOnly(keyFile);
      if (!belong(own, key)) {
        throw new WrongValue(
            keyFile
                + " holds another key than that of the certificate "
                + chain.getFirst().getSubjectX500Principal().getName());
      }
      return new TestCertificate(chain, key);
    } catch (InvalidTlsIdentityException e) {
      throw new WrongValue(String.valueOf(e.getMessage()));
    }
  }

  private static boolean belong(PublicKey own, PrivateKey key) {
    String algorithm =
        switch (own.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> own.getAlgorithm();
        };
    try {
      byte[] probe = own.getEncoded();
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(probe);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(own);
      verifier.update(probe);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static void requireOwnerOnly(Path file) throws WrongValue {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new WrongValue(
            file
                + " holds a private key and is open to others ("
                + PosixFilePermissions.toString(permissions)
                + "): chmod 600 it");
      }
    } catch (IOException _) {
      throw new WrongValue(file + ": cannot be read");
    }
  }
}
