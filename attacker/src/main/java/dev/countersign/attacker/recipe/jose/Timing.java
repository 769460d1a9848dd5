package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * Whether the time of a refusal tells how much of a secret was right. It is measured until a
 * difference is sure, or until one that can be used could not have been missed, or the time is
 * over.
 */
final class Timing implements Recipe {
  private static final String RULE = "SP-5.4.1-4";
  private static final int WARM_UP = 20;

  /** Pairs between two looks at the figures, and pairs at most. */
  private static final int ROUND = 250;

  private static final int MOST = 5000;

  /** Our choice: on a busy line more would hold up the run, and what it shows is reported. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Our choice: rarer by chance than once in 10000 looks. */
  private static final double SIGNIFICANT = 3.9;

  /** Our choice: a shift that can be used from afar in thousands of requests. */
  private static final double USABLE_MILLIS = 1.0;

  @Override
  public About about() {
    return About.of("J-20", "timing")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.BEYOND)
        .needs(Need.REFRESH, Need.USER, Need.HEAVY)
        .stoppedBy(RULE, "secrets have 128 bits and are looked up by digest, or compared at once")
        .means("A secret can be guessed piece by piece.")
        .change("Store secrets as digests and compare by MessageDigest.isEqual.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.refreshing();
    Tokens tokens = play.twin("tokens", () -> client.tokens(lab.browser(), lab.victim()));
    String token = tokens.needRefresh();
    play.twin("the refresh token works", () -> Tokens.of(client.refresh(token).send()));
    play.refused(
        "a refresh token of which the first half is right",
        client.attacking().refresh(half(token, lab)).send(),
        Expected.error(RULE, "invalid_grant").status(400));
    for (int i = 0; i < WARM_UP; i++) {
      measure(lab, client, probe(lab, client, token, i % 2 == 0));
    }
    List<Double> right = new ArrayList<>();
    List<Double> wrong = new ArrayList<>();
    long began = System.nanoTime();
    while (right.size() < MOST
        && System.nanoTime() - began < LONGEST.toNanos()
        && !isDecided(right, wrong)) {
      for (boolean rightPrefix : order(lab)) {
        double millis = measure(lab, client, probe(lab, client, token, rightPrefix));
        (rightPrefix ? right : wrong).add(millis);
      }
    }
    judge(play, right, wrong);
  }

  /** What is asked in a round: right and wrong ones as often, mixed. */
  private static List<Boolean> order(Lab lab) {
    List<Boolean> order = new ArrayList<>(Collections.nCopies(ROUND, true));
    order.addAll(Collections.nCopies(ROUND, false));
    Collections.shuffle(order, lab.random());
    return order;
  }

  /** Whether more probes would change no verdict. */
  static boolean isDecided(List<Double> right, List<Double> wrong) {
    return !right.isEmpty()
        && (RankSum.leastShift(right, wrong) <= USABLE_MILLIS
            || (Math.abs(RankSum.z(right, wrong)) >= SIGNIFICANT
                && Math.abs(shift(right, wrong)) >= USABLE_MILLIS));
  }

  private static double shift(List<Double> right, List<Double> wrong) {
    return RankSum.median(right) - RankSum.median(wrong);
  }

  private static void judge(Play play, List<Double> right, List<Double> wrong) {
    double z = RankSum.z(right, wrong);
    double shift = shift(right, wrong);
    double least = RankSum.leastShift(right, wrong);
    String found =
        String.format(
            java.util.Locale.ROOT,
            "2 x %d probes, Mann-Whitney z = %.2f, medians differ by %.3f ms; a shift of %.3f ms"
                + " would have been seen with a power of 0.8",
            right.size(),
            z,
            shift,
            least);
    String what = "a right first half and a wrong one are refused in the same time";
    if (Math.abs(z) < SIGNIFICANT || Math.abs(shift) >= USABLE_MILLIS) {
      play.should(what, Math.abs(z) < SIGNIFICANT, found, RULE);
    } else {
      play.unclear(what, found + ": a difference, and too small to be told from noise", RULE);
    }
  }

  /** The first half is right, or none of it. */
  private static String half(String token, Lab lab) {
    int half = token.length() / 2;
    return token.substring(0, half) + random(token.length() - half, lab);
  }

  private static String random(int length, Lab lab) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(lab.random128());
    }
    return text.substring(0, length);
  }

  private static byte[] probe(Lab lab, Caller client, String token, boolean rightPrefix)
      throws IOException {
    URI url = place(lab, client);
    String value = rightPrefix ? half(token, lab) : random(token.length(), lab);
    byte[] body = client.attacking().refresh(value).encoded().getBytes(StandardCharsets.UTF_8);
    String proof =
        client.provesKey()
            ? "DPoP: " + client.proof("POST", url, Optional.empty()).compact() + "\r\n"
            : "";
    String head =
        "POST "
            + url.getRawPath()
            + " HTTP/1.1\r\nHost: "
            + url.getRawAuthority()
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + proof
            + "Content-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    byte[] start = Line.latin1(head);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static URI place(Lab lab, Caller client) throws IOException {
    return lab.server().need(Server.TOKEN, certificate(client).isPresent());
  }

  private static Optional<TestCertificate> certificate(Caller client) {
    TestClient known = client.client();
    boolean shows = known.authentication().isByCertificate() || known.boundByCertificate();
    return known.certificate().filter(_ -> shows);
  }

  /** From the last byte of the request to the first of the answer, without pace and handshake. */
  private static double measure(Lab lab, Caller client, byte[] probe) throws IOException {
    try (SSLSocket socket = lab.wire().connectTls(place(lab, client), certificate(client))) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      long began = System.nanoTime();
      out.write(probe);
      out.flush();
      if (in.read() < 0) {
        throw new IOException("a probe was not answered");
      }
      return (System.nanoTime() - began) / 1e6;
    }
  }
}
