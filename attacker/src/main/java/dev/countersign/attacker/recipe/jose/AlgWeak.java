package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.protocol.jose.SigningKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Algorithms and keys that the profile leaves out, with signatures that are right by them. */
final class AlgWeak implements Recipe {
  private static final int RSA_BITS = 2048;
  private static final int WEAK_RSA_BITS = 1024;

  @Override
  public About about() {
    return About.of("J-03", "alg-weak")
        .also("ATT-34")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.NON_REPUDIATION)
        .needs(Need.ASSERTION)
        .stoppedBy("SP-5.4.1-1.2", "PS256, ES256 and EdDSA with Ed25519, and no other algorithm")
        .means("Signatures are believed that are easier to forge than the profile allows.")
        .change(
            "Accept PS256 from 2048 bits on, ES256 and EdDSA with Ed25519 alone, for every JWT.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Doors doors = new Doors(play, lab, "SP-5.4.1-1.2");
    List<Keys.Pair> pairs = pairs(lab.random());
    for (Caller client : asserting(lab)) {
      doors.assertions(client, byKey(client.key(), pairs));
    }
    if (doors.takesObjects()) {
      Caller client = lab.signingRequests();
      doors.objects(client, byKey(client.key(), pairs));
    }
    if (doors.takesProofs()) {
      doors.proofs(proofs(pairs));
    }
  }

  /** The first client, and the first with an RSA key, which can be put to RS256 for real. */
  private static List<Caller> asserting(Lab lab) {
    List<Caller> clients = new ArrayList<>(List.of(lab.asserting()));
    boolean another =
        !Keys.isRsa(lab.asserting().key())
            && lab.target().clients().stream().anyMatch(AlgWeak::hasRsa);
    if (another) {
      clients.add(lab.caller(0, AlgWeak::hasRsa));
    }
    return clients;
  }

  private static boolean hasRsa(TestClient client) {
    return client.authentication() == TestClient.Authentication.PRIVATE_KEY_JWT
        && client.key().filter(Keys::isRsa).isPresent();
  }

  private static List<Variant> byKey(SigningKey key, List<Keys.Pair> pairs) {
    return Keys.isRsa(key) ? registered(key) : named(pairs);
  }

  /** Signed by the registered key itself: nothing but the algorithm is wrong. */
  private static List<Variant> registered(SigningKey key) {
    return List.of("RS256", "RS384", "RS512", "PS384", "PS512").stream()
        .map(
            alg ->
                Variant.of(
                    alg + ", signed for real by the registered RSA key",
                    jwt -> jwt.header("alg", alg).signedBy(Keys.registered(alg, key))))
        .toList();
  }

  /** No key that was registered can sign so: it shows that the name alone changes nothing. */
  private static List<Variant> named(List<Keys.Pair> pairs) {
    List<Variant> variants = new ArrayList<>();
    for (String alg : List.of("RS256", "ES256K", "ES384", "ES512", "HS256", "Ed448")) {
      variants.add(
          Variant.of(
              "alg " + alg + " over a signature of the registered key",
              jwt -> jwt.header("alg", alg)));
    }
    for (Keys.Pair pair : pairs) {
      variants.add(
          Variant.of(
              pair.alg() + " by a key that nobody registered (tests the key, too)", pair::sign));
    }
    return variants;
  }

  /** A proof brings its key along: nothing but algorithm and key size are wrong. */
  private static List<Variant> proofs(List<Keys.Pair> pairs) {
    return pairs.stream()
        .map(pair -> Variant.of(what(pair) + ", signed for real", pair::prove))
        .toList();
  }

  private static String what(Keys.Pair pair) {
    return pair.jwk().has("crv")
        ? pair.alg() + " on " + pair.jwk().value("crv").orElse("")
        : pair.alg() + " with a modulus of " + modulus(pair) + " bits";
  }

  private static int modulus(Keys.Pair pair) {
    String n = String.valueOf(pair.jwk().value("n").orElse(""));
    return n.length() * 6 / 8 * 8;
  }

  private static List<Keys.Pair> pairs(SecureRandom random) {
    return List.of(
        Keys.rsa("RS256", RSA_BITS, random),
        Keys.rsa("RS512", RSA_BITS, random),
        Keys.rsa("PS384", RSA_BITS, random),
        Keys.rsa("PS256", WEAK_RSA_BITS, random),
        Keys.es256k(random),
        Keys.es384(random),
        Keys.ed448(random));
  }
}
