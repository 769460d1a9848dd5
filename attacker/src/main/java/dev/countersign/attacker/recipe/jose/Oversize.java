package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.NoAnswerException;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Messages that are too large, too deep, too slow, or too hard to compute. */
final class Oversize implements Recipe {
  private static final String RULE = "SP-5.4.1-1.1";
  private static final int MEGABYTE = 1 << 20;
  private static final int BOMB_MEGABYTES = 256;
  private static final int MANY = 10_000;
  private static final int VERY_MANY = 100_000;
  private static final int RSA_BYTES = 1024;
  private static final int MEANWHILE = 10;
  private static final Duration QUICK = Duration.ofSeconds(1);

  @Override
  public About about() {
    return About.of("J-17", "oversize")
        .by(Attacker.A1)
        .endangers(Goal.BEYOND)
        .needs(Need.ASSERTION, Need.HEAVY)
        .stoppedBy(RULE, "sizes are bounded before anything is read or computed")
        .means("One request of somebody whom nobody knows occupies the server for long.")
        .change(
            "Bound content, header, parameters, JSON depth and key sizes, and end slow requests.");
  }

  /** Sends something. */
  @FunctionalInterface
  private interface Sending {
    Answer send() throws IOException;
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    play.twin("the client pushes a request", client::pushed);
    for (Variant variant : assertions()) {
      tried(play, lab, "assertion: " + variant.what(), () -> Doors.pushWith(client, variant));
    }
    for (Variant variant : texts(lab)) {
      tried(
          play,
          lab,
          variant.what(),
          () ->
              client
                  .attacking()
                  .push()
                  .but(call -> call.assertions(variant.change().apply(client.assertion()).header()))
                  .send());
    }
    tried(play, lab, "10000 parameters", () -> many(client));
    tried(
        play,
        lab,
        "a parameter of 1 MB",
        () -> client.attacking().push().but(c -> c.set("state", "s".repeat(MEGABYTE))).send());
    tried(
        play,
        lab,
        "authorization_details 10000 deep",
        () ->
            client
                .attacking()
                .push()
                .but(c -> c.beside("authorization_details", deep("[")))
                .send());
    tried(play, lab, "a DPoP key with an exponent of 8192 bits", () -> proof(client, lab));
    tried(play, lab, "a header field of 1 MB", () -> header(client));
    slow(play, lab, client);
    boolean alive = alive(client);
    play.holds(
        "a right request is answered afterwards",
        alive,
        alive ? "it was taken" : "it was not",
        RULE);
  }

  private static List<Variant> assertions() {
    return List.of(
        Variant.of("1 MB of claims", jwt -> jwt.with("pad", "p".repeat(MEGABYTE))),
        Variant.of("claims 10000 deep", jwt -> jwt.rawClaims(added(jwt, deep("{\"a\":")))),
        Variant.of("an array 10000 deep", jwt -> jwt.rawClaims(added(jwt, deep("[")))),
        Variant.of(
            "100000 audiences",
            jwt ->
                jwt.rawClaims(
                    jwt.without("aud").claims().replaceFirst("}$", "")
                        + ",\"aud\":["
                        + String.join(",", Collections.nCopies(VERY_MANY, "\"x\""))
                        + "]}")),
        Variant.of(
            "a number of 100000 digits", jwt -> jwt.rawClaims(added(jwt, "9".repeat(VERY_MANY)))));
  }

  private static String added(Jwt jwt, String json) {
    return jwt.claims().replaceFirst("}$", "") + ",\"x\":" + json + "}";
  }

  /** Opened 10000 times, and closed as often. */
  private static String deep(String open) {
    return open.equals("[")
        ? "[".repeat(MANY) + "]".repeat(MANY)
        : open.repeat(MANY) + "1" + "}".repeat(MANY);
  }

  /** Of each, the header is the whole text to send. */
  private static List<Variant> texts(Lab lab) {
    return List.of(
        text(
            "a JWE by password, of 2147483647 rounds",
            jwe(
                lab,
                "{\"alg\":\"PBES2-HS512+A256KW\",\"enc\":\"A256GCM\",\"p2s\":\"AAAAAAAAAAA\","
                    + "\"p2c\":2147483647}",
                lab.random128().getBytes(StandardCharsets.UTF_8))),
        text(
            "a JWE of which 256 MB would be unpacked",
            jwe(lab, "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}", bomb())),
        text("a JWS of 100000 parts", ".".repeat(VERY_MANY)));
  }

  private static Variant text(String what, String text) {
    return Variant.of(what, jwt -> jwt.rawHeader(text));
  }

  private static String jwe(Lab lab, String header, byte[] content) {
    return Keys.base64(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + lab.random128()
        + ".AAAAAAAAAAAAAAAA."
        + Keys.base64(content)
        + "."
        + lab.random128();
  }

  /** Zeros, packed: 256 KB for 256 MB. */
  private static byte[] bomb() {
    java.util.zip.Deflater deflater = new java.util.zip.Deflater(9, true);
    java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
    byte[] zeros = new byte[MEGABYTE];
    byte[] out = new byte[MEGABYTE];
    for (int i = 0; i < BOMB_MEGABYTES; i++) {
      deflater.setInput(zeros);
      while (!deflater.needsInput()) {
        packed.write(
            out, 0, deflater.deflate(out, 0, out.length, java.util.zip.Deflater.SYNC_FLUSH));
      }
    }
    deflater.end();
    return packed.toByteArray();
  }

  private static Answer many(Caller client) throws IOException {
    FormCall call = client.attacking().push().call();
    for (int i = 0; i < MANY; i++) {
      call.beside("p" + i, "v");
    }
    return call.send();
  }

  private static Answer header(Caller client) throws IOException {
    return client.attacking().push().but(c -> c.field("X-Pad", "p".repeat(MEGABYTE))).send();
  }

  private static Answer proof(Caller client, Lab lab) throws IOException {
    byte[] modulus = new byte[RSA_BYTES];
    lab.random().nextBytes(modulus);
    modulus[0] |= (byte) 0x80;
    modulus[RSA_BYTES - 1] |= 1;
    byte[] exponent = modulus.clone();
    exponent[0] &= 0x7f;
    JsonObject jwk =
        JsonObject.builder()
            .put("kty", "RSA")
            .put("n", Keys.base64(modulus))
            .put("e", Keys.base64(exponent))
            .build();
    return client
        .attacking()
        .redeem(lab.random128(), lab.random128() + lab.random128())
        .proof(
            jwt -> jwt.header("alg", "PS256").header("jwk", jwk).signedBy(_ -> new byte[RSA_BYTES]))
        .send();
  }

  /** Begins a request and does not go on: whoever waits for it has no place for others. */
  private static void slow(Play play, Lab lab, Caller client) throws IOException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch sent = new CountDownLatch(1);
      Future<String> open = threads.submit(() -> begun(lab, sent));
      sent.await();
      // The first of these may overtake it on the way; the later do not.
      boolean served = true;
      for (int i = 0; served && i < MEANWHILE; i++) {
        served = soon(lab, client);
      }
      play.holds(
          "a body that does not come: others are served meanwhile",
          served,
          open.get() + (served ? ", others were served" : ", others were not served"),
          RULE);
    } catch (ExecutionException e) {
      throw new IOException("a slow request could not be sent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the attack was interrupted", e);
    }
  }

  /** What came of a request whose content ends in the middle. */
  private static String begun(Lab lab, CountDownLatch sent) throws IOException {
    try {
      URI url = lab.server().need(Server.PAR, false);
      String head =
          "POST "
              + url.getRawPath()
              + " HTTP/1.1\r\nHost: "
              + url.getRawAuthority()
              + "\r\nContent-Type: application/x-www-form-urlencoded"
              + "\r\nContent-Length: 1000\r\n\r\n";
      byte[] bytes = Line.latin1(head + "client_id=");
      Answer answer = lab.line().raw(Move.OTHER, url, bytes, Optional.empty(), sent::countDown);
      return "answered " + answer.brief();
    } catch (NoAnswerException e) {
      return "it was still open after " + lab.target().bounds().timeout().toSeconds() + " s";
    } finally {
      sent.countDown();
    }
  }

  /**
   * Whoever waits for the slow one is served when the attacker gives that up, after its time. The
   * pace, which nobody can help, is let off: twice for a push and once for the slow one.
   */
  private static boolean soon(Lab lab, Caller client) throws IOException {
    Bounds bounds = lab.target().bounds();
    Duration pace = Duration.ofSeconds(1).dividedBy(bounds.requestsPerSecond());
    Duration allowed = bounds.timeout().dividedBy(2).plus(pace.multipliedBy(3));
    long began = System.nanoTime();
    return alive(client) && System.nanoTime() - began < allowed.toNanos();
  }

  private static boolean alive(Caller client) throws IOException {
    try {
      return client.push().send().isSuccess();
    } catch (NoAnswerException e) {
      return false;
    }
  }

  /** How long it took is measured with the pace that the target file sets, which is let off. */
  private static void tried(Play play, Lab lab, String what, Sending sending) throws IOException {
    Duration allowed = QUICK.plus(QUICK.dividedBy(lab.target().bounds().requestsPerSecond()));
    long began = System.nanoTime();
    try {
      Answer answer = sending.send();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      boolean refused =
          answer.closed().isPresent() || (answer.status() >= 400 && answer.status() < 500);
      play.should(
          what,
          refused && took.compareTo(allowed) <= 0,
          "answered " + answer.brief() + " after " + took.toMillis() + " ms",
          RULE);
    } catch (NoAnswerException e) {
      play.unclear(what, "no answer in time: slow, or never", RULE);
    }
  }
}
