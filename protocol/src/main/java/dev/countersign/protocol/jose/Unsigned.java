package dev.countersign.protocol.jose;

import java.math.BigInteger;

/** Unsigned numbers as bytes, the way JWK wants them. */
final class Unsigned {

  private Unsigned() {}

  /** Big-endian, as few bytes as possible. */
  static byte[] minimal(BigInteger number) {
    return fixed(number, (number.bitLength() + 7) / 8);
  }

  /** Big-endian, exactly {@code length} bytes. */
  static byte[] fixed(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    int used = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - used, bytes, length - used, used);
    return bytes;
  }

  /** The bytes in the opposite order, a copy. */
  static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
