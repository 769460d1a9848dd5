package dev.countersign.protocol.jose;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Where each algorithm comes from: the chosen provider if it has it, otherwise the JDK. Never the
 * list of installed providers is changed.
 */
final class Algorithms {

  private final Optional<Provider> chosen;

  Algorithms(Optional<Provider> chosen) {
    this.chosen = chosen;
  }

  /** The chosen provider, if it has this service. */
  Optional<Provider> providerOf(String type, String algorithm) {
    return chosen.filter(provider -> provider.getService(type, algorithm) != null);
  }

  Signature signature(String algorithm) throws GeneralSecurityException {
    Optional<Provider> provider = providerOf("Signature", algorithm);
    return provider.isPresent()
        ? Signature.getInstance(algorithm, provider.get())
        : Signature.getInstance(algorithm);
  }

  Mac mac(String algorithm) throws GeneralSecurityException {
    Optional<Provider> provider = providerOf("Mac", algorithm);
    return provider.isPresent()
        ? Mac.getInstance(algorithm, provider.get())
        : Mac.getInstance(algorithm);
  }

  KeyPairGenerator keyPairGenerator(String algorithm) throws GeneralSecurityException {
    Optional<Provider> provider = providerOf("KeyPairGenerator", algorithm);
    return provider.isPresent()
        ? KeyPairGenerator.getInstance(algorithm, provider.get())
        : KeyPairGenerator.getInstance(algorithm);
  }

  /** The key in the provider's own form, so that it is not translated for each signature. */
  PublicKey ownKey(String algorithm, PublicKey key) throws GeneralSecurityException {
    Optional<Provider> provider = providerOf("KeyFactory", algorithm);
    return provider.isEmpty()
        ? key
        : KeyFactory.getInstance(algorithm, provider.get())
            .generatePublic(new X509EncodedKeySpec(encoded(key.getEncoded())));
  }

  /** The key in the provider's own form, so that it is not translated for each signature. */
  PrivateKey ownKey(String algorithm, PrivateKey key) throws GeneralSecurityException {
    Optional<Provider> provider = providerOf("KeyFactory", algorithm);
    return provider.isEmpty()
        ? key
        : KeyFactory.getInstance(algorithm, provider.get())
            .generatePrivate(new PKCS8EncodedKeySpec(encoded(key.getEncoded())));
  }

  private static byte[] encoded(byte @Nullable [] encoding) throws InvalidKeyException {
    if (encoding == null) {
      throw new InvalidKeyException("the key cannot be exported");
    }
    return encoding;
  }
}
