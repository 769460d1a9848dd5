package dev.countersign.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;

/**
 * What a refresh costs at least: verify the assertion, verify the proof, sign the token, with ES256
 * by the bare provider, keys ready, no JSON, no HTTP.
 */
final class CryptoFloor {
  private static final String ES256 = "SHA256withECDSA";
  private static final int MESSAGE_BYTES = 400;
  private static final int AT_ONCE = 50;

  private final Signature signer;
  private final Signature verifier;
  private final byte[] message = new byte[MESSAGE_BYTES];
  private final byte[] signed;

  CryptoFloor() throws GeneralSecurityException {
    KeyPairGenerator generator =
        BenchCrypto.provider().isPresent()
            ? KeyPairGenerator.getInstance("EC", BenchCrypto.provider().get())
            : KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    signer = signature();
    signer.initSign(keys.getPrivate());
    verifier = signature();
    verifier.initVerify(keys.getPublic());
    signed = sign();
  }

  private static Signature signature() throws GeneralSecurityException {
    return BenchCrypto.provider().isPresent()
        ? Signature.getInstance(ES256, BenchCrypto.provider().get())
        : Signature.getInstance(ES256);
  }

  /** CPU time of this thread for two verifications and one signature. */
  Duration measure(Duration time) throws GeneralSecurityException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + time.toNanos();
    long before = threads.getCurrentThreadCpuTime();
    long done = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < AT_ONCE; i++) {
        once();
      }
      done += AT_ONCE;
    }
    return Duration.ofNanos((threads.getCurrentThreadCpuTime() - before) / done);
  }

  private void once() throws GeneralSecurityException {
    verify();
    verify();
    sign();
  }

  private byte[] sign() throws GeneralSecurityException {
    signer.update(message);
    return signer.sign();
  }

  private void verify() throws GeneralSecurityException {
    verifier.update(message);
    if (!verifier.verify(signed)) {
      throw new IllegalStateException("the provider does not take its own signature");
    }
  }
}
