package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/** Signatures that nobody made: numbers for which a careless verifier's equation holds. */
final class Psychic implements Recipe {
  private static final String RULE = "SP-5.4.1-1.1";
  private static final int HALF = 32;
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  @Override
  public About about() {
    return About.of("J-04", "psychic-signature")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.NON_REPUDIATION)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "signatures of impossible numbers or lengths are refused")
        .means("One blank signature fits every message and every key.")
        .change(
            "Check that r and s are from 1 to n-1 and that the signature has exactly the length of"
                + " its algorithm (RFC 7518 section 3.4), with a Java of later than April 2022.");
  }

  private static Variant signature(String what, byte[] signature) {
    return Variant.of(what, jwt -> jwt.signedBy(_ -> signature));
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    byte[] both = Arrays.copyOf(Keys.fixed(r, HALF), 2 * HALF);
    System.arraycopy(Keys.fixed(s, HALF), 0, both, HALF, HALF);
    return both;
  }

  private static List<Variant> variants(SigningKey key) {
    return switch (key.algorithm()) {
      case ES256 -> curve();
      case EDDSA ->
          List.of(
              signature("64 zero bytes", new byte[2 * HALF]),
              signature("R is the neutral point, S is 0", neutral()),
              shortened());
      case PS256 -> numbers(key);
    };
  }

  private static byte[] neutral() {
    byte[] both = new byte[2 * HALF];
    both[0] = 1;
    return both;
  }

  private static List<Variant> curve() {
    return List.of(
        signature("r = s = 0", pair(BigInteger.ZERO, BigInteger.ZERO)),
        signature("r = 0, s = 1", pair(BigInteger.ZERO, BigInteger.ONE)),
        signature("r = 1, s = 0", pair(BigInteger.ONE, BigInteger.ZERO)),
        signature("r = s = n", pair(ORDER, ORDER)),
        signature("r = n, s = 1", pair(ORDER, BigInteger.ONE)),
        signature("r = 1, s = n", pair(BigInteger.ONE, ORDER)),
        signature("DER of r = s = 0", der(new byte[2 * HALF])),
        signature("one zero byte", new byte[1]),
        shortened());
  }

  private static List<Variant> numbers(SigningKey key) {
    int size = key.publicJwk().requiredMembers().value("n").orElse("").toString().length() * 6 / 8;
    byte[] one = new byte[size];
    one[size - 1] = 1;
    return List.of(
        signature("the number 0", new byte[size]), signature("the number 1", one), shortened());
  }

  private static Variant shortened() {
    return Variant.of(
        "a right signature without its last 8 bytes",
        jwt -> jwt.signature(bytes -> Arrays.copyOf(bytes, bytes.length - 8)));
  }

  private static byte[] der(byte[] raw) {
    try {
      ASN1Integer r = new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, HALF)));
      ASN1Integer s = new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, HALF, 2 * HALF)));
      return new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {r, s}).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("two numbers have a DER", e);
    }
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Doors doors = new Doors(play, lab, RULE);
    Caller client = lab.asserting();
    doors.assertions(client, variants(client.key()));
    if (client.key().algorithm() == SignatureAlgorithm.ES256) {
      Answer answer = Doors.pushWith(client, Variant.of("", jwt -> jwt.signature(Psychic::der)));
      // It is the client's own signature, in a form that JWS does not have.
      play.should(
          "assertion: a right signature as DER",
          answer.status() >= 400 && answer.status() < 500,
          "answered " + answer.brief(),
          RULE);
    }
    if (doors.takesObjects()) {
      doors.objects(lab.signingRequests(), variants(lab.signingRequests().key()));
    }
    if (doors.takesProofs()) {
      doors.proofs(variants(lab.proving().dpopKey()));
    }
  }
}
