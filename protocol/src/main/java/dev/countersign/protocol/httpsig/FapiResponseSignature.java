package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The signature of a resource response, bound to its request (FAPI 2.0 HTTP Signatures section
 * 5.3.2). Immutable.
 */
public final class FapiResponseSignature {

  /** What such a signature is for. */
  public static final String TAG = "fapi-2-response";

  /** How long ago it may have been made. */
  public static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Component STATUS = Component.of("@status");

  private final ResponseMessage response;
  private final LabelledSignature signature;

  private FapiResponseSignature(ResponseMessage response, LabelledSignature signature) {
    this.response = response;
    this.signature = signature;
  }

  /**
   * The fields to set in a response, in the place of any of the same name: {@code Content-Digest}
   * if it has content and none yet, {@code Signature-Input} and {@code Signature}.
   *
   * @param response as it goes out, with the request as it came
   * @param more names of fields that matter too and are signed if they are there
   * @param content as it goes out; empty if there is none
   * @param now by this server's clock
   * @throws IllegalArgumentException if a value cannot be signed, or the response has a digest that
   *     is not of its content
   */
  @Enforces({
    "HS-5.3.2.1-1",
    "HS-5.3.2.1-2",
    "HS-5.3.2.1-3",
    "HS-5.3.2.1-4",
    "HS-5.3.2.1-5",
    "HS-5.3.2.1-6",
    "HS-5.3.2.1-7",
    "HS-5.3.2.1-N"
  })
  public static List<Map.Entry<String, String>> sign(
      Jose jose,
      SigningKey key,
      ResponseMessage response,
      List<String> more,
      byte[] content,
      Instant now) {
    List<Map.Entry<String, String>> added =
        new ArrayList<>(Signed.digest(response.headers(), content));
    ResponseMessage whole = Signed.with(response, added);
    Set<Component> components = new LinkedHashSet<>();
    components.add(STATUS);
    components.addAll(Signed.present(List.of(ContentDigest.FIELD), whole.headers()));
    components.addAll(Signed.present(more, whole.headers()));
    components.addAll(ofRequest(response.request().headers()));
    SignatureParameters parameters =
        SignatureParameters.of(List.copyOf(components), now, key.kid(), TAG);
    added.addAll(LabelledSignature.create(jose, key, parameters, ComponentValues.of(whole)));
    return List.copyOf(added);
  }

  /**
   * What links a response to the request that it answers: never the value of a signature without
   * what it signs.
   */
  @Enforces("SIG-9")
  private static List<Component> ofRequest(Headers request) {
    List<Component> linked = new ArrayList<>(Component.all("@method", "@target-uri"));
    for (String field :
        List.of(ContentDigest.FIELD, LabelledSignature.INPUT, LabelledSignature.SIGNATURE)) {
      if (!request.all(field).isEmpty()) {
        linked.add(Component.of(field));
      }
    }
    return linked.stream().map(Component::ofRequest).toList();
  }

  /**
   * The one signature of a response that is for this, if it covers what it must, the request
   * included, and is of now. No key was looked for yet.
   *
   * @param response with the request as it was sent
   * @param now by the client's clock
   * @throws InvalidHttpSignatureException if there is none, or more than one; if it does not cover
   *     what it must, or is older than {@link #LONGEST}, from the future, or expired
   */
  @Enforces({"HS-5.3.2.2-2", "HS-5.3.2.2-3", "HS-5.3.2.2-5", "HS-5.3.2.2-N", "ATT-64", "SIG-8"})
  public static FapiResponseSignature read(ResponseMessage response, Instant now)
      throws InvalidHttpSignatureException {
    LabelledSignature found =
        LabelledSignature.find(response.headers(), TAG, "HS-5.3.2.2-2", "HS-5.3.2.2-5");
    Signed.requireCovered(found.parameters(), List.of(STATUS), "HS-5.3.2.2-3");
    Signed.requireCovered(
        found.parameters(), ofRequest(response.request().headers()), "HS-5.3.2.2-N");
    Signed.requireCurrent(found.parameters(), LONGEST, now, "HS-5.3.2.2-3");
    return new FapiResponseSignature(response, found);
  }

  /** The {@code keyid} it names; good for looking up the key, for nothing else. */
  public Optional<String> keyid() {
    return signature.parameters().keyid();
  }

  /**
   * Verifies the signature itself, and the content.
   *
   * @param keys those of the resource server
   * @param content as it came; empty if there was none
   * @return the proof, which has the content
   * @throws InvalidHttpSignatureException if it was not made by the key that {@code keyid} names,
   *     or the content is not what was signed
   */
  @Enforces({"HS-5.3.2.2-1", "HS-5.3.2.2-2", "HS-5.3.2.2-4", "SIG-8"})
  public VerifiedResponseSignature verify(Jose jose, JwkSet keys, byte[] content)
      throws InvalidHttpSignatureException {
    SignatureParameters parameters = signature.parameters();
    PublicJwk signer = signature.verify(jose, ComponentValues.of(response), keys).key();
    byte[] verified =
        Signed.content(Signed.digest(parameters, response.headers()), content, "HS-5.3.2.2-4");
    return new VerifiedResponseRecord(
        response,
        signer,
        parameters.created().orElseThrow(),
        Signed.covered(parameters, response.headers()),
        verified);
  }

  /** Names the key only. */
  @Override
  public String toString() {
    return "FapiResponseSignature" + keyid();
  }
}
