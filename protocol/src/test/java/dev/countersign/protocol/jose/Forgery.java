package dev.countersign.protocol.jose;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Compact forms that our own code would never make. */
final class Forgery {

  private Forgery() {}

  /** Three parts: the header and payload as they are, and 64 bytes for a signature. */
  static String unsigned(String header, String payload) {
    byte[] signature = new byte[64];
    signature[0] = 1;
    signature[32] = 1;
    return part(header) + "." + part(payload) + "." + Base64Url.encode(signature);
  }

  /** Truly signed by {@code key}, whatever header and payload say. */
  static String sign(String header, String payload, SigningKey key) {
    String input = part(header) + "." + part(payload);
    byte[] signature =
        new PreparedKeys(new Algorithms(Optional.empty()))
            .signer(key)
            .sign(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64Url.encode(signature);
  }

  static String part(String text) {
    return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
  }
}
