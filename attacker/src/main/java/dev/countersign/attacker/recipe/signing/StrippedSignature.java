package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.protocol.httpsig.ContentDigest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Requests without a signature, and signatures that leave something open. */
final class StrippedSignature implements Recipe {
  private static final String UNSIGNED = "HS-5.3.1.2-3";
  private static final String TAG = "HS-5.3.1.2-4";
  private static final String COVERED = "HS-5.3.1.2-5";
  private static final String CREATED = "HS-5.3.1.2-6";
  private static final String PROOF = "HS-5.3.1.2-7";
  private static final String CONTENT = "HS-5.3.1.2-8";

  @Override
  public About about() {
    return About.of("S-07", "sig-component-strip")
        .also("ATT-65")
        .by(Attacker.A1, Attacker.A2, Attacker.A5)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION)
        .needs(Need.SIGNED_RESOURCE, Need.USER)
        .stoppedBy(COVERED, "a request is signed, all of it that matters, for this and now")
        .means("Parts of a request can be changed, and its signature still stands under it.")
        .change("Refuse a signature that leaves out what FAPI HTTP Signatures 5.3.1.2 names.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Signing signing = Signing.of(play, lab);
    missing(play, signing);
    left(play, signing, COVERED, "@method");
    left(play, signing, COVERED, "@target-uri");
    left(play, signing, COVERED, "authorization");
    if (signing.client().provesKey()) {
      left(play, signing, PROOF, "dpop");
    }
    play.refused(
        "a signature of nothing",
        signing.call(right -> right.with(List.of())).send(),
        Signing.unsigned(COVERED));
    content(play, signing);
    play.refused(
        "without created",
        signing.call(right -> right.withoutParameter("created")).send(),
        Signing.unsigned(CREATED));
    play.refused(
        "without tag",
        signing.call(right -> right.withoutParameter("tag")).send(),
        Signing.unsigned(TAG));
    for (String tag : List.of("fapi-2-response", "FAPI-2-REQUEST", "", "app-login")) {
      play.refused(
          "with the tag '" + tag + "'",
          signing.call(right -> right.tag(tag)).send(),
          Signing.unsigned(TAG));
    }
    algorithms(play, signing);
    play.twin("a right request is taken still", signing.call().send());
  }

  private static void missing(Play play, Signing signing) throws IOException {
    play.refused("no signature", signed(signing, true, true), Signing.unsigned(UNSIGNED));
    play.refused("no Signature", signed(signing, false, true), Signing.unsigned(UNSIGNED));
    play.refused("no Signature-Input", signed(signing, true, false), Signing.unsigned(UNSIGNED));
    play.refused(
        "an empty signature",
        signing.call(List::of, _ -> Signing.fields("", "")).send(),
        Signing.unsigned(UNSIGNED));
    play.refused(
        "a signature of no bytes",
        signing.call(List::of, one -> Signing.fields(one.getFirst().input(), "sig1=::")).send(),
        Signing.unsigned(UNSIGNED));
  }

  private static Answer signed(Signing signing, boolean withoutInput, boolean withoutSignature)
      throws IOException {
    return signing
        .call(
            List::of,
            one ->
                Signing.fields(one).stream()
                    .filter(field -> !withoutInput || field.getKey().equals("Signature"))
                    .filter(field -> !withoutSignature || !field.getKey().equals("Signature"))
                    .toList())
        .send();
  }

  private static void left(Play play, Signing signing, String rule, String name)
      throws IOException {
    play.refused(
        name + " is not signed",
        signing.call(right -> right.without(name)).send(),
        Signing.unsigned(rule));
  }

  /** Where a request that reads may have content; otherwise there is none to sign. */
  private static void content(Play play, Signing signing) throws IOException {
    byte[] bytes = Line.latin1("{\"note\":1}");
    String digest = ContentDigest.of(bytes).toHeader();
    if (!content(signing.call(), bytes, digest).send().isSuccess()) {
      return;
    }
    play.refused(
        "content-digest is not signed",
        content(signing.call(right -> right.without("content-digest")), bytes, digest).send(),
        Signing.unsigned(CONTENT));
  }

  private static ResourceCall content(ResourceCall call, byte[] bytes, String digest) {
    return call.content("application/json", bytes).field("Content-Digest", digest);
  }

  /** The key alone says how it signs: nothing comes of a wrong alg but a doubt. */
  private static void algorithms(Play play, Signing signing) throws IOException {
    Map<String, String> others =
        Map.of("ES256", "ed25519", "EdDSA", "ecdsa-p256-sha256", "PS256", "ecdsa-p256-sha256");
    String key = signing.client().key().algorithm().joseName();
    for (String alg : List.of(others.getOrDefault(key, "ed25519"), "hmac-sha256", "none")) {
      Signing.odd(
          play,
          "alg " + alg + " of a signature by another algorithm",
          signing.call(right -> right.parameter("alg", Draft.quoted(alg))).send(),
          "SIG-7");
    }
  }
}
