package dev.countersign.attacker.tls;

import java.util.Arrays;
import java.util.Optional;

/** A version of TLS, oldest first. RFC 8996 forbids those before TLS 1.2. */
public enum TlsVersion {
  /** SSL 3.0, RFC 6101. */
  SSL_3_0(0x0300, "SSL 3.0"),
  /** TLS 1.0, RFC 2246. */
  TLS_1_0(0x0301, "TLS 1.0"),
  /** TLS 1.1, RFC 4346. */
  TLS_1_1(0x0302, "TLS 1.1"),
  /** TLS 1.2, RFC 5246. */
  TLS_1_2(0x0303, "TLS 1.2"),
  /** TLS 1.3, RFC 8446. */
  TLS_1_3(0x0304, "TLS 1.3");

  private final int code;
  private final String text;

  TlsVersion(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** Its two bytes on the wire. */
  public int code() {
    return code;
  }

  /** Whether RFC 8996 forbids it. */
  public boolean deprecated() {
    return compareTo(TLS_1_2) < 0;
  }

  static Optional<TlsVersion> of(int code) {
    return Arrays.stream(values()).filter(one -> one.code == code).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
