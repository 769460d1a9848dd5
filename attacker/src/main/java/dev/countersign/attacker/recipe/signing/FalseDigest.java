package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.protocol.httpsig.ContentDigest;
import dev.countersign.protocol.httpsig.DigestAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Content with a signed digest that is not its own, or that proves nothing. */
final class FalseDigest implements Recipe {
  private static final String RULE = "SIG-10";
  private static final byte[] SIGNED = Line.latin1("{\"amount\":\"12.50\"}");
  private static final byte[] OTHER = Line.latin1("{\"amount\":\"99.50\"}");

  @Override
  public About about() {
    return About.of("S-09", "digest-mismatch")
        .also("ATT-66")
        .by(Attacker.A1, Attacker.A2, Attacker.A5)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION)
        .needs(Need.SIGNED_RESOURCE, Need.USER)
        .stoppedBy(RULE, "content is believed if its sha-256 or sha-512 was signed")
        .means("Somebody puts other content under the signature of a client.")
        .change(
            "Compare each sha-256 and sha-512 in Content-Digest with the bytes that came; refuse"
                + " content without one of them (RFC 9530 sections 5, 6).");
  }

  /**
   * Content and digest that do not go together.
   *
   * @param harmful whether the content is other than what was signed
   * @param encoding its {@code Content-Encoding}; empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  private record Variant(
      String what, byte[] content, String digest, boolean harmful, String encoding) {
    static Variant of(String what, byte[] content, String digest) {
      return new Variant(what, content, digest, true, "");
    }
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Signing signing = Signing.of(play, lab);
    String right = sha256(SIGNED);
    play.twin("content with its digest", sent(signing, Variant.of("", SIGNED, right)));
    List<Variant> all = new ArrayList<>(swapped(right));
    all.addAll(algorithms());
    all.addAll(two(right));
    all.addAll(compressed(right));
    for (Variant variant : all) {
      judge(play, variant, sent(signing, variant));
    }
    play.refused(
        "content, and no digest at all",
        signing.call(draft -> draft).content("application/json", SIGNED).send(),
        refused("HS-5.3.1.2-8"));
    play.passes(
        "content with its digest by sha-512",
        sent(
            signing,
            Variant.of("", SIGNED, ContentDigest.of(SIGNED, DigestAlgorithm.SHA_512).toHeader())),
        RULE);
    play.twin(
        "content with its digest is taken still", sent(signing, Variant.of("", SIGNED, right)));
  }

  private static void judge(Play play, Variant variant, Answer answer) {
    if (answer.isSuccess() && !variant.harmful()) {
      play.should(
          variant.what(), false, "answered " + answer.brief() + ", expected 400 or 401", RULE);
    } else {
      play.refused(variant.what(), answer, refused(RULE));
    }
  }

  private static Expected refused(String rule) {
    return Expected.refusal(rule).status(400, 401);
  }

  private static Answer sent(Signing signing, Variant variant) throws IOException {
    ResourceCall call = signing.call(right -> right);
    if (variant.content().length > 0) {
      call.content("application/json", variant.content());
    }
    if (!variant.encoding().isEmpty()) {
      call.field("Content-Encoding", variant.encoding());
    }
    return call.field("Content-Digest", variant.digest()).send();
  }

  private static List<Variant> swapped(String right) {
    return List.of(
        Variant.of("other content than was signed", OTHER, right),
        Variant.of("no content where some was signed", new byte[0], right),
        Variant.of("content where none was signed", OTHER, sha256(new byte[0])),
        Variant.of("more content than was signed", joined(SIGNED, OTHER), right),
        Variant.of("less content than was signed", Line.latin1("{"), right));
  }

  /** An algorithm that proves nothing, or that the value is not of. */
  private static List<Variant> algorithms() {
    return List.of(
        Variant.of("sha-512 under the name of sha-256", SIGNED, digest("sha-256", "SHA-512")),
        Variant.of("sha-256 under the name of sha-512", SIGNED, digest("sha-512", "SHA-256")),
        Variant.of("md5 alone", SIGNED, digest("md5", "MD5")),
        Variant.of("sha alone", SIGNED, digest("sha", "SHA-1")),
        Variant.of("unixsum alone", SIGNED, "unixsum=" + unixsum(SIGNED)),
        Variant.of("an unknown algorithm alone", SIGNED, "x-none=:AAAA:"),
        Variant.of("an empty Content-Digest", SIGNED, ""),
        Variant.of("an empty digest", SIGNED, "sha-256=::"),
        Variant.of(
            "half of the digest",
            SIGNED,
            sha256(SIGNED).substring(0, "sha-256=:".length() + 20) + ":"));
  }

  /** Where one is right, the content is what was signed, and where the strong one is not. */
  private static List<Variant> two(String right) {
    String wrong512 = ContentDigest.of(OTHER, DigestAlgorithm.SHA_512).toHeader();
    String right512 = ContentDigest.of(SIGNED, DigestAlgorithm.SHA_512).toHeader();
    return List.of(
        new Variant("a right sha-256, a wrong sha-512", SIGNED, right + ", " + wrong512, false, ""),
        new Variant(
            "a wrong sha-256, a right sha-512", SIGNED, sha256(OTHER) + ", " + right512, false, ""),
        Variant.of(
            "a wrong sha-256, a right md5", SIGNED, sha256(OTHER) + ", " + digest("md5", "MD5")),
        new Variant(
            "sha-256 twice, the last one wrong", SIGNED, right + ", " + sha256(OTHER), false, ""),
        new Variant(
            "sha-256 twice, the first one wrong", SIGNED, sha256(OTHER) + ", " + right, false, ""));
  }

  /** The digest is of what is sent, and that is compressed (RFC 9530 section 2). */
  private static List<Variant> compressed(String right) {
    byte[] zipped = zipped(OTHER);
    return List.of(
        new Variant("gzip of other content", zipped, right, true, "gzip"),
        new Variant(
            "gzip with the digest of what was compressed", zipped(SIGNED), right, false, "gzip"),
        new Variant(
            "plain content with the digest of its gzip", OTHER, sha256(zipped), false, "gzip"));
  }

  private static String sha256(byte[] content) {
    return ContentDigest.of(content).toHeader();
  }

  private static String digest(String name, String algorithm) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(SIGNED);
      return name + "=:" + Base64.getEncoder().encodeToString(digest) + ":";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has " + algorithm, e);
    }
  }

  /** What {@code sum} of Unix says (RFC 9530 section 5). */
  private static String unixsum(byte[] content) {
    int sum = 0;
    for (byte one : content) {
      sum = ((sum >> 1) + ((sum & 1) << 15) + (one & 0xFF)) & 0xFFFF;
    }
    byte[] both = ByteBuffer.allocate(Short.BYTES).putShort((short) sum).array();
    return ":" + Base64.getEncoder().encodeToString(both) + ":";
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private static byte[] zipped(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes what is written", e);
    }
    return out.toByteArray();
  }
}
