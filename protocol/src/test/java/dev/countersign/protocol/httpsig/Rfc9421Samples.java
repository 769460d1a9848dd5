package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.json.JsonObject;
import java.util.Arrays;
import java.util.Map;

/** What the test cases of RFC 9421 are made of. */
final class Rfc9421Samples {
  private Rfc9421Samples() {}

  /** Fields, a line each. */
  static Headers headers(String... lines) {
    return Headers.of(
        Arrays.stream(lines)
            .map(line -> line.split(": ?", 2))
            .map(parts -> Map.entry(parts[0], parts[1]))
            .toList());
  }

  /** The key of appendix B.1.3. */
  static PublicJwk p256() throws Exception {
    return PublicJwk.parse(
        JsonObject.parse(
            """
            {"kty":"EC","crv":"P-256","kid":"test-key-ecc-p256",
             "x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
             "y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"}\
            """));
  }
}
