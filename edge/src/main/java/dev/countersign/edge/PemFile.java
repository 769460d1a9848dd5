package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of one PEM file (RFC 7468); text around them is ignored. Errors name the file. */
public final class PemFile {
  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final String CONVERT =
      "convert it to PKCS#8: openssl pkcs8 -topk8 -nocrypt -in <file> -out <new file>";

  private final Path path;
  private final List<Block> blocks;

  private PemFile(Path path, List<Block> blocks) {
    this.path = path;
    this.blocks = blocks;
  }

  /**
   * The blocks of a file of at most 1 MiB.
   *
   * @throws InvalidTlsIdentityException if it is larger, or cannot be read
   */
  public static PemFile read(Path path) throws InvalidTlsIdentityException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text(path));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return new PemFile(path, blocks);
  }

  /**
   * All certificates, in their order; at least one.
   *
   * @throws InvalidTlsIdentityException if there is none, or one cannot be read
   */
  public List<X509Certificate> certificates() throws InvalidTlsIdentityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        chain.add(certificate(block));
      }
    }
    if (chain.isEmpty()) {
      throw error("holds no certificate: a block -----BEGIN CERTIFICATE----- is expected");
    }
    return chain;
  }

  /**
   * The only private key, PKCS #8.
   *
   * @param algorithm that of the public key, by its name in Java
   * @throws InvalidTlsIdentityException if there is none or more than one, or if it is encrypted,
   *     in another form or of another algorithm; the message holds nothing of it
   */
  public PrivateKey privateKey(String algorithm) throws InvalidTlsIdentityException {
    List<Block> keys = blocks.stream().filter(b -> b.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw error(
          "must hold one private key, -----BEGIN PRIVATE KEY-----, but holds " + keys.size());
    }
    Block key = keys.getFirst();
    return switch (key.label()) {
      case "PRIVATE KEY" -> pkcs8(key, algorithm);
      case "ENCRYPTED PRIVATE KEY" ->
          throw error("holds an encrypted private key, which is not read; " + CONVERT);
      default -> throw error("holds a key in the old form " + key.label() + "; " + CONVERT);
    };
  }

  private PrivateKey pkcs8(Block block, String algorithm) throws InvalidTlsIdentityException {
    byte[] der = der(block);
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException _) {
      // The cause may quote what it could not parse.
      throw error("holds no PKCS#8 key of the certificate's algorithm, " + algorithm);
    }
  }

  private X509Certificate certificate(Block block) throws InvalidTlsIdentityException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der(block)));
    } catch (CertificateException e) {
      throw new InvalidTlsIdentityException(path + ": a certificate cannot be read", e);
    }
  }

  private byte[] der(Block block) throws InvalidTlsIdentityException {
    try {
      return Base64.getDecoder().decode(block.base64().replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw error("the block " + block.label() + " is not base64");
    }
  }

  private static String text(Path path) throws InvalidTlsIdentityException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new InvalidTlsIdentityException(path + ": larger than 1 MiB, not a PEM file of ours");
      }
      return Files.readString(path, ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new InvalidTlsIdentityException(path + ": there is no such file", e);
    } catch (IOException e) {
      throw new InvalidTlsIdentityException(path + ": cannot be read", e);
    }
  }

  private InvalidTlsIdentityException error(String fault) {
    return new InvalidTlsIdentityException(path + ": " + fault);
  }

  /** Text form is the label alone: the rest may be a private key. */
  private record Block(String label, String base64) {
    @Override
    public String toString() {
      return label;
    }
  }
}
