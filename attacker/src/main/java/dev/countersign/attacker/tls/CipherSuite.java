package dev.countersign.attacker.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cipher suite of the IANA registry "TLS Cipher Suites".
 *
 * @param code its two bytes on the wire, 0 to 65535
 * @param name that of the registry; for a suite not in our table its code
 */
public record CipherSuite(int code, String name) {
  /** Those of TLS 1.2 and before that do without a pre-shared key, SRP or Kerberos, by code. */
  public static final List<CipherSuite> BEFORE_TLS_1_3 = read("suites-before-tls13.txt");

  /** Those of TLS 1.3, RFC 8446 appendix B.4. */
  public static final List<CipherSuite> OF_TLS_1_3 =
      List.of(
          new CipherSuite(0x1301, "TLS_AES_128_GCM_SHA256"),
          new CipherSuite(0x1302, "TLS_AES_256_GCM_SHA384"),
          new CipherSuite(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
          new CipherSuite(0x1304, "TLS_AES_128_CCM_SHA256"),
          new CipherSuite(0x1305, "TLS_AES_128_CCM_8_SHA256"));

  private static final Set<String> RECOMMENDED =
      Set.of(
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");

  /** Refuses a code out of range. */
  public CipherSuite {
    if (code < 0 || code > 0xffff) {
      throw new IllegalArgumentException("code must be from 0 to 65535");
    }
  }

  /** The suite with this code. */
  static CipherSuite of(int code) {
    return Stream.concat(BEFORE_TLS_1_3.stream(), OF_TLS_1_3.stream())
        .filter(suite -> suite.code == code)
        .findFirst()
        .orElseGet(() -> new CipherSuite(code, "0x" + HexFormat.of().toHexDigits((char) code)));
  }

  /** What may be offered in this version. */
  public static List<CipherSuite> all(TlsVersion version) {
    return version == TlsVersion.TLS_1_3 ? OF_TLS_1_3 : BEFORE_TLS_1_3;
  }

  /** How the suite stands with BCP 195 where it was negotiated without {@code encrypt_then_mac}. */
  public Standing standing() {
    if (RECOMMENDED.contains(name) || OF_TLS_1_3.contains(this)) {
      return Standing.RECOMMENDED;
    }
    boolean forwardSecret = name.startsWith("TLS_ECDHE_");
    boolean authenticatedEncryption =
        name.contains("_GCM_") || name.contains("_CCM") || name.contains("_POLY1305_");
    return forwardSecret && authenticatedEncryption ? Standing.ALLOWED : Standing.FORBIDDEN;
  }

  /** How a suite stands with BCP 195. */
  public enum Standing {
    /**
     * RFC 9325 section 4.2 recommends it, or it is of TLS 1.3: the only ones for endpoints that no
     * browser uses (FAPI 2.0 Security Profile section 5.2.2).
     */
    RECOMMENDED,
    /** RFC 9325 does not advise against it: good enough for endpoints that browsers use. */
    ALLOWED,
    /**
     * RFC 9325 section 4.1 or 4.2 advises against it: NULL, RC4, export, less than 128 bits, no
     * authentication, static RSA or (EC)DH, DHE, CBC; or we do not know it.
     */
    FORBIDDEN
  }

  private static List<CipherSuite> read(String table) {
    try (InputStream in = CipherSuite.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new IllegalStateException("the table " + table + " is missing");
      }
      return new String(in.readAllBytes(), US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> new CipherSuite(HexFormat.fromHexDigits(line, 0, 4), line.substring(5)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
