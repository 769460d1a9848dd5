package dev.countersign.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.Component;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.SignatureBase;
import dev.countersign.protocol.httpsig.SignatureNonce;
import dev.countersign.protocol.httpsig.SignatureParameters;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What it costs to sign and to verify a FAPI request as the client library signs it (RFC 9421,
 * digest of the content and a fresh nonce included), next to the bare signature of as many bytes.
 * The two take turns, so that whatever else the machine does meets both.
 *
 * <p>Argument: how many rounds of each count (20 if left out).
 */
public final class HttpSignatureBench {
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration ROUND = Duration.ofMillis(250);
  private static final int AT_ONCE = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Jose JOSE = BenchCrypto.jose();
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A kilobyte, as a payment has. */
  private static final byte[] CONTENT =
      ("{\"creditorName\":\"" + "Merchant ".repeat(112) + "\"}").getBytes(UTF_8);

  private HttpSignatureBench() {}

  /** Prints one line for each algorithm and direction. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    System.out.printf(
        "cryptography by %s, %d bytes of content%n", JOSE.providerName(), CONTENT.length);
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      run(algorithm, rounds);
    }
  }

  private static void run(SignatureAlgorithm algorithm, int rounds) throws Exception {
    SigningKey key = JOSE.generate(algorithm, RANDOM);
    JwkSet keys = JwkSet.of(List.of(key.publicJwk()));
    Instant now = Instant.now();
    RequestMessage unsigned = request(List.of());
    List<Map.Entry<String, String>> added = sign(key, unsigned, now);
    RequestMessage signed = request(added);
    BareSignature bare = new BareSignature(algorithm, base(key, signed, now));
    compare(algorithm + " sign", rounds, bare::sign, () -> sign(key, unsigned, now));
    compare(algorithm + " verify", rounds, bare::verify, () -> verify(keys, signed, now));
  }

  /** The bytes that are signed. */
  private static byte[] base(SigningKey key, RequestMessage signed, Instant now)
      throws InvalidHttpSignatureException {
    List<Component> components =
        Stream.of(
                "@method", "@target-uri", "authorization", "dpop", "content-digest", "content-type")
            .map(Component::of)
            .toList();
    return SignatureBase.of(
        signed, SignatureParameters.of(components, now, key.kid(), FapiRequestSignature.TAG));
  }

  private static RequestMessage request(List<Map.Entry<String, String>> added) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    fields.add(Map.entry("Authorization", "DPoP " + "a".repeat(43)));
    fields.add(Map.entry("DPoP", "b".repeat(350)));
    fields.add(Map.entry("Content-Type", "application/json"));
    fields.addAll(added);
    return RequestMessage.of(
        "POST", URI.create("https://rs.example.com/payments?async=true"), Headers.of(fields));
  }

  private static List<Map.Entry<String, String>> sign(
      SigningKey key, RequestMessage request, Instant now) {
    return FapiRequestSignature.sign(
        JOSE,
        key,
        request,
        List.of("content-type", "content-encoding"),
        CONTENT,
        Optional.of(SignatureNonce.random(RANDOM)),
        now);
  }

  private static void verify(JwkSet keys, RequestMessage request, Instant now)
      throws InvalidHttpSignatureException {
    FapiRequestSignature.read(request, now).verify(JOSE, keys).content(CONTENT);
  }

  /** Something to do; what it throws is a fault of this program. */
  private interface Work {
    void run() throws GeneralSecurityException, InvalidHttpSignatureException;
  }

  private static void compare(String what, int rounds, Work bare, Work whole)
      throws GeneralSecurityException, InvalidHttpSignatureException {
    micros(bare, WARM_UP);
    micros(whole, WARM_UP);
    double[] floor = new double[rounds];
    double[] cost = new double[rounds];
    double[] ratio = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      floor[i] = micros(bare, ROUND);
      cost[i] = micros(whole, ROUND);
      ratio[i] = cost[i] / floor[i];
    }
    System.out.printf(
        "%-12s bare %7.1f us, HTTP message %7.1f us of CPU, ratio %.2f (%.2f to %.2f)%n",
        what,
        median(floor),
        median(cost),
        median(ratio),
        Arrays.stream(ratio).min().orElseThrow(),
        Arrays.stream(ratio).max().orElseThrow());
  }

  /** CPU time of this thread for one turn. */
  private static double micros(Work work, Duration time)
      throws GeneralSecurityException, InvalidHttpSignatureException {
    long end = System.nanoTime() + time.toNanos();
    long before = THREADS.getCurrentThreadCpuTime();
    long done = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < AT_ONCE; i++) {
        work.run();
      }
      done += AT_ONCE;
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e3 / done;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
