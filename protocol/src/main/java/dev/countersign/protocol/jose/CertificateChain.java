package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The {@code x5c} of a JSON Web Key (RFC 7517 section 4.7). Says which certificate its owner uses
 * the key with; that anybody trusts the certificate is not said by it.
 */
final class CertificateChain {
  private static final String RULE = "MT-3";

  /** Our choice: chains in use have up to four. */
  private static final int MAX_CERTIFICATES = 10;

  private CertificateChain() {}

  /**
   * The certificates of the member, the one of the key first; none if there is no such member.
   *
   * @throws InvalidJwkException if it is not an array of 1 to 10 certificates (DER in base64), or
   *     the first is of another key
   */
  static List<X509Certificate> read(JsonObject jwk, PublicKey key) throws InvalidJwkException {
    if (!jwk.has("x5c")) {
      return List.of();
    }
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (String der : jwk.strings("x5c").orElse(List.of())) {
        chain.add(certificate(der));
      }
    } catch (MalformedJsonException | CertificateException | IllegalArgumentException malformed) {
      throw new InvalidJwkException(RULE, "JWK x5c is not a list of certificates");
    }
    if (chain.isEmpty() || chain.size() > MAX_CERTIFICATES) {
      throw new InvalidJwkException(
          RULE, "JWK x5c has not 1 to " + MAX_CERTIFICATES + " certificates");
    }
    if (!Arrays.equals(chain.getFirst().getPublicKey().getEncoded(), key.getEncoded())) {
      throw new InvalidJwkException(RULE, "the first certificate of JWK x5c is of another key");
    }
    return List.copyOf(chain);
  }

  /** Base64 and not base64url, section 4.7 says; the DER must end where the text does. */
  private static X509Certificate certificate(String base64) throws CertificateException {
    byte[] der = Base64.getDecoder().decode(base64);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    if (!Arrays.equals(certificate.getEncoded(), der)) {
      throw new CertificateException("not one certificate in DER");
    }
    return certificate;
  }
}
