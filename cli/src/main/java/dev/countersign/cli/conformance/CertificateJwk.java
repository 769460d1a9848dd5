package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** How a client that vouches for itself registers its certificate (RFC 8705 section 2.2.2). */
final class CertificateJwk {
  private CertificateJwk() {}

  /** The JWK set with one more key: that of the certificate, which comes along as {@code x5c}. */
  static JsonObject addedTo(JsonObject jwks, Credential credential) {
    try {
      List<JsonObject> keys = new ArrayList<>(jwks.objects("keys").orElseThrow());
      keys.add(of(credential));
      return JsonObject.builder().put("keys", keys).build();
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("a JWK set that was just made is one", e);
    }
  }

  private static JsonObject of(Credential credential) {
    RSAPublicKey key = (RSAPublicKey) credential.certificate().getPublicKey();
    return JsonObject.builder()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("alg", "PS256")
        .put("kid", "certificate")
        .put("n", number(key.getModulus()))
        .put("e", number(key.getPublicExponent()))
        .put("x5c", List.of(credential.x5c()))
        .build();
  }

  /** RFC 7518 section 2: without the octet that only holds a sign. */
  private static String number(BigInteger value) {
    byte[] octets = value.toByteArray();
    int from = octets[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(octets, from, octets.length));
  }
}
