package dev.countersign.attacker.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * A ClientHello that offers one version only, in one record (RFC 5246 section 7.4.1.2, RFC 8446
 * section 4.1.2). It offers all that a server should decline, too: compression, truncated HMAC and
 * signatures with SHA-1 and MD5.
 */
final class ClientHello {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** RFC 5746 section 3.3: what says the same as the extension where there are none. */
  private static final int EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff;

  /** x25519, secp256r1, secp384r1, secp521r1; without FFDHE groups DHE goes as before RFC 7919. */
  private static final int[] GROUPS = {0x001d, 0x0017, 0x0018, 0x0019};

  private static final int[] SCHEMES = {
    0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501,
    0x0601, 0x0402, 0x0303, 0x0301, 0x0203, 0x0201, 0x0202, 0x0101
  };

  private ClientHello() {}

  /** The bytes of the record. */
  static byte[] of(String host, TlsVersion version, List<CipherSuite> suites) {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    boolean old = version == TlsVersion.SSL_3_0;
    int[] codes = suites.stream().mapToInt(CipherSuite::code).toArray();
    Bytes body =
        new Bytes()
            .u16(Math.min(version.code(), TlsVersion.TLS_1_2.code()))
            .raw(random)
            .u8(0)
            .vector(old ? with(codes, EMPTY_RENEGOTIATION_INFO_SCSV) : codes)
            // DEFLATE (RFC 3749) and none; TLS 1.3 knows none only.
            .raw(version == TlsVersion.TLS_1_3 ? new byte[] {1, 0} : new byte[] {2, 1, 0});
    if (!old) {
      body.sized(extensions(host, version));
    }
    Bytes message = new Bytes().u8(1).u8(0).sized(body);
    int recordVersion = old ? version.code() : TlsVersion.TLS_1_0.code();
    return new Bytes().u8(22).u16(recordVersion).sized(message).toByteArray();
  }

  private static Bytes extensions(String host, TlsVersion version) {
    Bytes all = new Bytes();
    if (isName(host)) {
      byte[] name = host.getBytes(StandardCharsets.US_ASCII);
      all.u16(0x0000).sized(new Bytes().sized(new Bytes().u8(0).sized(new Bytes().raw(name))));
    }
    all.u16(0x000a).sized(new Bytes().vector(GROUPS));
    all.u16(0x000b).sized(new Bytes().raw(new byte[] {1, 0}));
    if (version.compareTo(TlsVersion.TLS_1_2) >= 0) {
      all.u16(0x000d).sized(new Bytes().vector(SCHEMES));
    }
    if (version == TlsVersion.TLS_1_3) {
      all.u16(0x002b).sized(new Bytes().u8(2).u16(version.code()));
      // RFC 8446 section 4.2.8: no share at all asks for a HelloRetryRequest.
      all.u16(0x0033).sized(new Bytes().u16(0));
      return all;
    }
    all.u16(0x0017).u16(0);
    all.u16(0x0004).u16(0);
    return all.u16(Offered.Accepted.RENEGOTIATION_INFO).sized(new Bytes().u8(0));
  }

  /** RFC 6066 section 3: an address is no name. */
  private static boolean isName(String host) {
    return CertificateFacts.address(host).isEmpty();
  }

  private static int[] with(int[] codes, int last) {
    int[] longer = Arrays.copyOf(codes, codes.length + 1);
    longer[codes.length] = last;
    return longer;
  }

  /** Numbers and vectors as TLS writes them. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes u8(int value) {
      out.write(value);
      return this;
    }

    Bytes u16(int value) {
      return u8(value >> 8).u8(value);
    }

    Bytes raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Bytes vector(int[] values) {
      u16(2 * values.length);
      for (int value : values) {
        u16(value);
      }
      return this;
    }

    Bytes sized(Bytes other) {
      return u16(other.out.size()).raw(other.toByteArray());
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }
  }
}
