package dev.countersign.cli.conformance;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/**
 * The keys, certificates and passwords of one run of this command; all variants share them. The
 * first client has an RSA key for {@code PS256}, because one test of the suite wants one, and the
 * second an EC key; the certificate of the first is signed by an authority, that of the second by
 * itself.
 *
 * @param addresses where everybody is
 * @param authority who vouches for the certificate of the first client
 * @param server what the server shows in TLS
 * @param first a client
 * @param second another one
 * @param suiteKey what the suite signs with where it plays the server
 * @param password that of the one user
 */
record Kit(
    Addresses addresses,
    TestAuthority authority,
    Credential server,
    SuiteClient first,
    SuiteClient second,
    SigningKey suiteKey,
    String password) {
  /** The user. */
  static final String USERNAME = "suite-user";

  private static final int PASSWORD_BYTES = 18;

  static Kit create(Addresses addresses, Instant now, SecureRandom random) {
    TestAuthority authority = TestAuthority.create(now, random);
    byte[] password = new byte[PASSWORD_BYTES];
    random.nextBytes(password);
    return new Kit(
        addresses,
        authority,
        authority.server(addresses.host()),
        new SuiteClient(
            "suite-client-1",
            Jose.jdk().generate(SignatureAlgorithm.PS256, random),
            authority.client("Suite client 1"),
            false),
        new SuiteClient(
            "suite-client-2",
            Jose.jdk().generate(SignatureAlgorithm.ES256, random),
            authority.selfSignedClient("Suite client 2"),
            true),
        Jose.jdk().generate(SignatureAlgorithm.ES256, random),
        Base64.getUrlEncoder().encodeToString(password));
  }

  /** The addresses alone: the rest is secret. */
  @Override
  public String toString() {
    return "Kit[" + addresses + "]";
  }
}
