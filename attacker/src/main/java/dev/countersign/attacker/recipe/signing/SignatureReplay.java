package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Signatures that were used before, are not of now, or are not by whose token it is. */
final class SignatureReplay implements Recipe {
  private static final String RULE = "HS-5.3.1.2-6";
  private static final String KEY = "HS-5.3.1.2-1";
  private static final String SIGNED = "HS-5.3.1.2-2";
  private static final int UNAVAILABLE = 503;
  private static final int HALF = 32;

  /** Of the points of P-256 (FIPS 186-4 appendix D.1.2.3). */
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  @Override
  public About about() {
    return About.of("S-10", "sig-replay")
        .also("ATT-65")
        .by(Attacker.A1, Attacker.A2, Attacker.A5)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION)
        .needs(Need.SIGNED_RESOURCE, Need.USER)
        .stoppedBy(RULE, "a signature is of now, good once, and by the client of the token")
        .means("A request that was signed once is done again, or counts as signed by another.")
        .change(
            "Take signatures of the last minute, each once, by keys of the client that the token"
                + " was issued to.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Signing signing = Signing.of(play, lab);
    again(play, signing, lab);
    times(play, signing, lab);
    keys(play, signing, lab);
    byCertificate(play, lab);
    play.twin("a right request is taken still", signing.call().send());
  }

  private static void again(Play play, Signing signing, Lab lab) throws IOException {
    ResourceCall honest = signing.client().call(signing.resource(), signing.token());
    play.twin("the client reads the resource", honest.send());
    List<Map.Entry<String, String>> seen = signature(honest);
    play.refused(
        "the same request again",
        proved(signing.call(), honest).signature((_, _, _, _) -> seen).send(),
        Signing.unsigned("S-10"));
    play.refused(
        "the same request again with content",
        proved(signing.call(), honest)
            .content("text/plain", Line.latin1("another"))
            .signature((_, _, _, _) -> seen)
            .send(),
        Signing.unsigned("S-10"));
    URI asked = signing.resource().url();
    play.refused(
        "the signature again with a query",
        signing
            .call()
            .at(URI.create(asked + (asked.getRawQuery() == null ? "?" : "&") + "page=2"))
            .signature((_, _, _, _) -> seen)
            .send(),
        Signing.unsigned(SIGNED));
    if (signing.client().provesKey()) {
      play.refused(
          "the signature again with a fresh proof",
          signing.call().signature((_, _, _, _) -> seen).send(),
          Signing.unsigned(SIGNED));
    }
    Tokens second =
        play.twin(
            "another token",
            () -> Signing.forResource(signing.client(), lab.browser(), signing.resource(), lab));
    play.refused(
        "the signature again with another token",
        signing
            .client()
            .attacking()
            .call(signing.resource(), second.access())
            .signature((_, _, _, _) -> seen)
            .send(),
        Signing.unsigned(SIGNED));
  }

  /** Without a proof, nothing but the signature says whether it is the same request. */
  private static void byCertificate(Play play, Lab lab) throws IOException {
    Predicate<TestClient> bound = one -> one.key().isPresent() && one.boundByCertificate();
    if (lab.target().clients().stream().noneMatch(bound)) {
      return;
    }
    Caller client = lab.caller(0, bound);
    if (!isReady(play, lab, client)) {
      return;
    }
    Signing signing = Signing.of(play, lab, client);
    ResourceCall honest = signing.call(right -> right);
    play.twin("the client reads the resource without a proof", honest.send());
    List<Map.Entry<String, String>> seen = signature(honest);
    play.refused(
        "the same request again, bound to a certificate",
        signing.call().signature((_, _, _, _) -> seen).send(),
        Signing.unsigned("S-10"));
    if (signing.client().key().algorithm() == SignatureAlgorithm.ES256) {
      play.refused(
          "the same request again with the other good signature",
          signing
              .call()
              .signature((_, _, _, _) -> seen.stream().map(SignatureReplay::mirrored).toList())
              .send(),
          Signing.unsigned("S-10"));
    }
  }

  /** Who was just started and has forgotten what it saw does well to take no signature for now. */
  private static boolean isReady(Play play, Lab lab, Caller client) throws IOException {
    Tokens tokens =
        play.twin(
            "a token bound to a certificate",
            () -> Signing.forResource(client, lab.browser(), lab.signedResource(), lab));
    Answer first = client.call(lab.signedResource(), tokens.access()).send();
    if (first.status() != UNAVAILABLE) {
      return true;
    }
    if (!lab.target().bounds().heavy()) {
      play.unclear(
          "the same request again, bound to a certificate",
          "answered " + first.brief() + ", and heavy: true would be needed to wait",
          "S-10");
      return false;
    }
    lab.waitUntil(lab.now().plusSeconds(MINUTE + 1));
    return true;
  }

  private static List<Map.Entry<String, String>> signature(ResourceCall sent) {
    return sent.sentFields().stream()
        .filter(field -> field.getKey().toLowerCase(Locale.ROOT).startsWith("signature"))
        .toList();
  }

  /** Whoever has one signature by ES256 can make a second of it, which is as good. */
  private static Map.Entry<String, String> mirrored(Map.Entry<String, String> field) {
    if (!field.getKey().equals("Signature")) {
      return field;
    }
    String value = field.getValue();
    int from = value.indexOf(':') + 1;
    byte[] both = Base64.getDecoder().decode(value.substring(from, value.length() - 1));
    BigInteger second = new BigInteger(1, Arrays.copyOfRange(both, HALF, both.length));
    byte[] other = ORDER.subtract(second).toByteArray();
    Arrays.fill(both, HALF, both.length, (byte) 0);
    int length = Math.min(other.length, HALF);
    System.arraycopy(other, other.length - length, both, both.length - length, length);
    return Map.entry(
        field.getKey(), value.substring(0, from) + Base64.getEncoder().encodeToString(both) + ":");
  }

  private static ResourceCall proved(ResourceCall call, ResourceCall before) {
    return before.sentProof().map(proof -> call.proofs(proof)).orElse(call);
  }

  /** How much is allowed is left to servers: a minute is what they should allow. */
  private static void times(Play play, Signing signing, Lab lab) throws IOException {
    long here = lab.now().getEpochSecond();
    long there = Signing.time(signing.call().send()).orElse(here);
    long early = Math.min(here, there);
    long late = Math.max(here, there);
    Signing.odd(play, "made 61 s ago", sent(signing, created(early - MINUTE - 1)), RULE);
    Signing.odd(
        play, "made more than 60 s from now", sent(signing, created(late + MINUTE + 2)), RULE);
    refused(play, signing, RULE, "made an hour ago", created(early - HOUR));
    refused(play, signing, RULE, "made in an hour", created(late + HOUR));
    refused(play, signing, RULE, "made at the beginning of time", created(0));
    refused(
        play,
        signing,
        RULE,
        "made an hour ago, as text",
        right -> right.parameter("created", Draft.quoted(String.valueOf(early - HOUR))));
    Signing.odd(
        play,
        "expired 10 s ago",
        sent(signing, right -> right.parameter("expires", String.valueOf(early - 10))),
        "SIG-6");
  }

  private static UnaryOperator<Draft> created(long seconds) {
    return right -> right.parameter("created", String.valueOf(seconds));
  }

  private static void keys(Play play, Signing signing, Lab lab) throws IOException {
    SigningKey unknown = lab.newKey();
    refused(
        play,
        signing,
        KEY,
        "signed by an unknown key",
        right -> right.signedBy(unknown).parameter("keyid", Draft.quoted(unknown.kid())));
    refused(
        play,
        signing,
        SIGNED,
        "signed by an unknown key under the keyid of the client",
        right -> right.signedBy(unknown));
    if (signing.client().provesKey()) {
      SigningKey proof = signing.client().dpopKey();
      refused(
          play,
          signing,
          KEY,
          "signed by the DPoP key",
          right -> right.signedBy(proof).parameter("keyid", Draft.quoted(proof.kid())));
    }
    Optional<Caller> other = Signing.other(lab, signing.client());
    if (other.isPresent()) {
      SigningKey key = other.get().key();
      String keyid = Draft.quoted(key.kid());
      refused(
          play,
          signing,
          KEY,
          "signed by the key of another client",
          right -> right.signedBy(key).parameter("keyid", keyid));
      refused(
          play,
          signing,
          SIGNED,
          "signed by the key of another client under the keyid of this one",
          right -> right.signedBy(key));
      // It is by the right client all the same, if somebody does not look at keyid.
      Signing.odd(
          play,
          "the keyid of another client",
          sent(signing, right -> right.parameter("keyid", keyid)),
          KEY);
    }
  }

  private static void refused(
      Play play, Signing signing, String rule, String what, UnaryOperator<Draft> change)
      throws IOException {
    play.refused(what, sent(signing, change), Signing.unsigned(rule));
  }

  private static Answer sent(Signing signing, UnaryOperator<Draft> change) throws IOException {
    return signing.call(change).send();
  }
}
