package dev.countersign.attacker.tls;

import java.util.Set;

/** What a server said to a ClientHello. */
public sealed interface Offered {
  /**
   * A ServerHello, or the HelloRetryRequest of TLS 1.3: the server would go on.
   *
   * @param version that the server chose, which need not be the one offered
   * @param suite that the server chose, which need not be one of those offered
   * @param compression whether it chose to compress
   * @param extensions the types of the extensions it answered with
   */
  record Accepted(
      TlsVersion version, CipherSuite suite, boolean compression, Set<Integer> extensions)
      implements Offered {
    private static final int EXTENDED_MASTER_SECRET = 0x0017;
    private static final int TRUNCATED_HMAC = 0x0004;
    static final int RENEGOTIATION_INFO = 0xff01;

    /** Copies the set. */
    public Accepted {
      extensions = Set.copyOf(extensions);
    }

    /** Whether renegotiation would be secure (RFC 5746), or cannot be: TLS 1.3 has none. */
    public boolean secureRenegotiation() {
      return version == TlsVersion.TLS_1_3 || extensions.contains(RENEGOTIATION_INFO);
    }

    /** Whether the keys hang on the whole handshake (RFC 7627), as they always do in TLS 1.3. */
    public boolean extendedMasterSecret() {
      return version == TlsVersion.TLS_1_3 || extensions.contains(EXTENDED_MASTER_SECRET);
    }

    /** Whether it shortens MACs to 80 bits (RFC 6066 section 7). */
    public boolean truncatedHmac() {
      return extensions.contains(TRUNCATED_HMAC);
    }
  }

  /**
   * Anything else: an alert, the end of the connection, or what is not TLS at all.
   *
   * @param how in words of ours, such as {@code alert protocol_version}
   */
  record Refused(String how) implements Offered {}
}
