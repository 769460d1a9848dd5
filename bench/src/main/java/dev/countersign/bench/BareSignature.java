package dev.countersign.bench;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * One signature by the bare provider, the key ready: what no form of signing can be cheaper than.
 */
final class BareSignature {
  private static final int RSA_BITS = 3072;

  private final Signature signer;
  private final Signature verifier;
  private final byte[] message;
  private final byte[] signed;

  /** By the provider that the libraries would choose for this algorithm. */
  BareSignature(SignatureAlgorithm algorithm, byte[] message) throws GeneralSecurityException {
    KeyPair keys = keys(algorithm);
    this.message = message.clone();
    signer = signature(algorithm);
    signer.initSign(keys.getPrivate());
    verifier = signature(algorithm);
    verifier.initVerify(keys.getPublic());
    signed = sign();
  }

  private static KeyPair keys(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator =
        switch (algorithm) {
          case ES256 -> generator("EC");
          case EDDSA -> KeyPairGenerator.getInstance("Ed25519");
          case PS256 -> generator("RSA");
        };
    switch (algorithm) {
      case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
      case PS256 -> generator.initialize(RSA_BITS);
      case EDDSA -> {
        // The name says all.
      }
    }
    return generator.generateKeyPair();
  }

  private static KeyPairGenerator generator(String name) throws GeneralSecurityException {
    Optional<Provider> provider = having("KeyPairGenerator", name);
    return provider.isPresent()
        ? KeyPairGenerator.getInstance(name, provider.get())
        : KeyPairGenerator.getInstance(name);
  }

  private static Signature signature(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    String name =
        switch (algorithm) {
          case ES256 -> "SHA256withECDSA";
          case EDDSA -> "Ed25519";
          case PS256 -> "RSASSA-PSS";
        };
    Optional<Provider> provider = having("Signature", name);
    Signature signature =
        provider.isPresent()
            ? Signature.getInstance(name, provider.get())
            : Signature.getInstance(name);
    if (algorithm == SignatureAlgorithm.PS256) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    return signature;
  }

  private static Optional<Provider> having(String type, String name) {
    return BenchCrypto.provider().filter(provider -> provider.getService(type, name) != null);
  }

  byte[] sign() throws GeneralSecurityException {
    signer.update(message);
    return signer.sign();
  }

  void verify() throws GeneralSecurityException {
    verifier.update(message);
    if (!verifier.verify(signed)) {
      throw new IllegalStateException("the provider does not take its own signature");
    }
  }
}
