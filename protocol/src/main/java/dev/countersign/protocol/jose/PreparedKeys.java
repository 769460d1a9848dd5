package dev.countersign.protocol.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSProvider;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * Makes keys ready once, so that each signature costs its arithmetic only: PS256 and ES256 by the
 * JOSE library, Ed25519 by the JDK's interface (the library would want one more library for it).
 */
final class PreparedKeys {

  private static final JWSHeader PS256 = new JWSHeader(JWSAlgorithm.PS256);
  private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
  private static final String ED25519 = "Ed25519";

  private final Algorithms algorithms;

  PreparedKeys(Algorithms algorithms) {
    this.algorithms = algorithms;
  }

  Signer signer(SigningKey key) {
    try {
      return switch (key.algorithm()) {
        case PS256 -> {
          PrivateKey own = algorithms.ownKey("RSA", key.privateKey());
          yield signer(PS256, withProvider(new RSASSASigner(own), "RSASSA-PSS"));
        }
        case ES256 -> {
          PrivateKey own = algorithms.ownKey("EC", key.privateKey());
          yield signer(ES256, withProvider(new ECDSASigner(own, Curve.P_256), "SHA256withECDSA"));
        }
        case EDDSA -> {
          PrivateKey own = algorithms.ownKey(ED25519, key.privateKey());
          yield input -> signEd25519(own, input);
        }
      };
    } catch (GeneralSecurityException | JOSEException broken) {
      throw new IllegalStateException("Key " + key.kid() + " cannot sign", broken);
    }
  }

  /** Ready to verify; a key that the provider does not take verifies nothing. */
  Verifier verifier(PublicJwk jwk) {
    try {
      return switch (jwk.algorithm()) {
        case PS256 -> {
          RSAPublicKey own = (RSAPublicKey) algorithms.ownKey("RSA", jwk.key());
          yield verifier(PS256, withProvider(new RSASSAVerifier(own), "RSASSA-PSS"));
        }
        case ES256 -> {
          ECPublicKey own = (ECPublicKey) algorithms.ownKey("EC", jwk.key());
          yield verifier(ES256, withProvider(new ECDSAVerifier(own), "SHA256withECDSA"));
        }
        case EDDSA -> {
          PublicKey own = algorithms.ownKey(ED25519, jwk.key());
          yield (input, signature) -> verifyEd25519(own, input, signature);
        }
      };
    } catch (GeneralSecurityException | JOSEException notAKey) {
      return (input, signature) -> false;
    }
  }

  private <T extends JWSProvider> T withProvider(T prepared, String signature) {
    algorithms
        .providerOf("Signature", signature)
        .ifPresent(provider -> prepared.getJCAContext().setProvider(provider));
    return prepared;
  }

  private static Signer signer(JWSHeader header, JWSSigner prepared) {
    return input -> {
      try {
        return prepared.sign(header, input).decode();
      } catch (JOSEException broken) {
        throw new IllegalStateException("Signing with " + header.getAlgorithm(), broken);
      }
    };
  }

  private static Verifier verifier(JWSHeader header, JWSVerifier prepared) {
    return (input, signature) -> {
      try {
        return prepared.verify(header, input, Base64URL.encode(signature));
      } catch (JOSEException notASignature) {
        return false;
      }
    };
  }

  private byte[] signEd25519(PrivateKey key, byte[] input) {
    try {
      Signature signature = algorithms.signature(ED25519);
      signature.initSign(key);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("Signing with Ed25519", broken);
    }
  }

  private boolean verifyEd25519(PublicKey key, byte[] input, byte[] sent) {
    try {
      Signature signature = algorithms.signature(ED25519);
      signature.initVerify(key);
      signature.update(input);
      return signature.verify(sent);
    } catch (GeneralSecurityException notAKeyOrNotASignature) {
      return false;
    }
  }
}
