package dev.countersign.client;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Signs calls to resource servers and verifies their answers. Any number of threads may call it.
 */
record HttpSignatures(
    Jose jose, SigningKey key, ResourceServerKeys keys, InstantSource time, SecureRandom random) {

  private static final List<String> OURS =
      List.of("signature", "signature-input", "content-digest");

  /**
   * A call that is to be signed, of a resource server whose answer can be verified.
   *
   * @throws IllegalArgumentException if the request has a field that a signature brings along
   * @throws ClientException if there are no keys to verify the answer by
   */
  SignedCall of(ResourceRequest request) throws ClientException {
    for (Map.Entry<String, String> field : request.headers()) {
      if (OURS.stream().anyMatch(field.getKey()::equalsIgnoreCase)) {
        throw new IllegalArgumentException("the library signs: leave " + field.getKey() + " to it");
      }
    }
    keys.require(request.target());
    return new SignedCall(this, request);
  }
}
