package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.httpsig.Component;
import dev.countersign.protocol.httpsig.ContentDigest;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.SignatureBase;
import dev.countersign.protocol.httpsig.SignatureParameters;
import dev.countersign.protocol.structured.DictionaryField;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Answers of a resource whose signature is good and of another request: what somebody in front of
 * the resource could hand to the client in place of the right one.
 */
final class ResourceAnswerSwapped implements Recipe {
  private static final String LINK = "HS-5.3.2.2-N";
  private static final String VERIFY = "HS-5.3.2.2-2";

  @Override
  public About about() {
    return About.of("S-12", "response-sig")
        .also("ATT-64")
        .by(Attacker.A1, Attacker.A2)
        .endangers(Goal.NON_REPUDIATION, Goal.SESSION_INTEGRITY)
        .needs(Need.SIGNED_READING_CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy(LINK, "the signature of an answer covers the request, and is verified with it")
        .means(
            "The client takes what a resource said to another request, such as that an old payment"
                + " was accepted, for the answer to its own.")
        .change(
            "Verify @method, @target-uri, content-digest, signature and signature-input with ;req"
                + " by what was sent, and take no answer without them.");
  }

  /** Makes an answer that says this to a request. */
  @FunctionalInterface
  private interface Saying {
    HttpResponse to(RequestMessage request, String said);
  }

  private record Variant(String what, Saying answer, String rule) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    ClientUnderTest app =
        lab.clientUnderTest(one -> one.dataHostile().isPresent() && one.httpSignatures());
    Lured lured = new Lured(lab, app);
    HostileResource resource = new HostileResource(lab);
    UserAgent browser = lured.twinHostile(play);
    AtomicReference<RequestMessage> earlier = new AtomicReference<>();
    String right = lab.random128();
    resource.play(
        request -> {
          earlier.set(request);
          return resource.signed(request, right);
        });
    lured.twinReads(play, browser, right);
    for (Variant variant : variants(lab, resource, earlier.get())) {
      refuses(play, lab, lured, resource, browser, variant);
    }
    resource.play(request -> resource.signed(request, right));
    lured.twinReads(play, browser, right);
  }

  private static void refuses(
      Play play, Lab lab, Lured lured, HostileResource resource, UserAgent browser, Variant variant)
      throws IOException {
    String said = lab.random128();
    resource.play(request -> variant.answer().to(request, said));
    int before = resource.read();
    boolean taken = lured.reads(browser, said);
    if (resource.read() == before) {
      play.unclear(variant.what(), "the client did not ask the resource", variant.rule());
    } else {
      play.holds(
          variant.what(),
          !taken,
          taken ? "the client took the answer" : "the client did not take the answer",
          variant.rule());
    }
  }

  private static List<Variant> variants(Lab lab, HostileResource resource, RequestMessage earlier) {
    return List.of(
        new Variant(
            "the signed answer to an earlier request of the client",
            (_, said) -> resource.signed(earlier, said),
            LINK),
        new Variant(
            "the signed answer to a request for something else",
            (request, said) ->
                resource.signed(
                    new RequestMessage(
                        request.method(),
                        request.targetUri() + "?of=another",
                        request.headers(),
                        request.trailers()),
                    said),
            LINK),
        new Variant(
            "the signed answer to another method",
            (request, said) ->
                resource.signed(
                    new RequestMessage(
                        "POST", request.targetUri(), request.headers(), request.trailers()),
                    said),
            LINK),
        new Variant(
            "a signed answer that is linked to no request",
            (request, said) -> unlinked(lab, resource, request, said),
            LINK),
        new Variant("no signature", (_, said) -> HostileResource.plain(200, said), VERIFY),
        new Variant(
            "signed by another key",
            (request, said) -> resource.signed(200, request, said, lab.newKey()),
            VERIFY),
        new Variant(
            "another status than was signed",
            (request, said) -> {
              HttpResponse refusal = resource.signed(403, request, said, resource.key());
              return new HttpResponse(200, refusal.headers(), refusal.body());
            },
            "HS-5.3.2.2-3"),
        new Variant(
            "another content than was signed",
            (request, said) ->
                new HttpResponse(
                    200,
                    resource.signed(request, lab.random128()).headers(),
                    HostileResource.plain(200, said).body()),
            "HS-5.3.2.2-4"));
  }

  /** Covers all that is of the answer, and nothing that is of the request. */
  private static HttpResponse unlinked(
      Lab lab, HostileResource resource, RequestMessage request, String said) {
    HttpResponse plain = HostileResource.plain(200, said);
    HttpResponse digested = plain.with("Content-Digest", ContentDigest.of(plain.body()).toHeader());
    SignatureParameters parameters =
        SignatureParameters.of(
            List.of(Component.of("@status"), Component.of(ContentDigest.FIELD)),
            lab.now(),
            resource.key().kid(),
            FapiResponseSignature.TAG);
    try {
      byte[] base = SignatureBase.of(HostileResource.message(digested, request), parameters);
      String signature = Base64.getEncoder().encodeToString(lab.jose().sign(base, resource.key()));
      return digested
          .with(
              "Signature-Input", new DictionaryField(Map.of("sig", parameters.text())).serialize())
          .with("Signature", "sig=:" + signature + ":");
    } catch (InvalidHttpSignatureException e) {
      throw new IllegalStateException("what was just made can be signed", e);
    }
  }
}
