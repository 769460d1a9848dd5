package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Jti;
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
 * The signature of a resource request (FAPI 2.0 HTTP Signatures section 5.3.1), in the order in
 * which it is judged: {@link #read} looks at what is signed, {@link #verify} at who signed it, and
 * {@link VerifiedRequestSignature#content} at the content. Immutable.
 */
public final class FapiRequestSignature {

  /** What such a signature is for. */
  public static final String TAG = "fapi-2-request";

  /** How long ago it may have been made. */
  public static final Duration LONGEST = Duration.ofMinutes(1);

  private static final List<Component> ALWAYS =
      Component.all("@method", "@target-uri", "authorization");

  private final RequestMessage request;
  private final LabelledSignature signature;

  private FapiRequestSignature(RequestMessage request, LabelledSignature signature) {
    this.request = request;
    this.signature = signature;
  }

  /** The proof that {@link #verify} gives. */
  record Verified(
      RequestMessage request,
      PublicJwk key,
      Jti uniqueId,
      Instant created,
      Headers signedFields,
      Optional<ContentDigest> digest)
      implements VerifiedRequestSignature {}

  /**
   * The fields to set in a request that is signed as it must be, and no further: see {@link
   * #sign(Jose, SigningKey, RequestMessage, List, byte[], Optional, Instant)}.
   */
  public static List<Map.Entry<String, String>> sign(
      Jose jose, SigningKey key, RequestMessage request, byte[] content, Instant now) {
    return sign(jose, key, request, List.of(), content, Optional.empty(), now);
  }

  /**
   * The fields to set in a request, in the place of any of the same name: {@code Content-Digest} if
   * it has content and none yet, {@code Signature-Input} and {@code Signature}.
   *
   * @param request as it goes out, with {@code Authorization} and, if there is one, {@code DPoP}
   * @param more names of fields that matter too and are signed if they are there
   * @param content as it goes out; empty if there is none
   * @param nonce a fresh one. Without it, and without a proof in the request, the same request
   *     within a second may have the same signature, and an answer to one is one to the other
   * @param now by the client's clock
   * @throws IllegalArgumentException if the request has no {@code Authorization}, or a value that
   *     cannot be signed; if it has a digest that is not of its content
   */
  @Enforces({
    "HS-5.3.1.1-1",
    "HS-5.3.1.1-2",
    "HS-5.3.1.1-3",
    "HS-5.3.1.1-4",
    "HS-5.3.1.1-5",
    "HS-5.3.1.1-6",
    "HS-5.3.1.1-7",
    "HS-5.3.1.1-8"
  })
  public static List<Map.Entry<String, String>> sign(
      Jose jose,
      SigningKey key,
      RequestMessage request,
      List<String> more,
      byte[] content,
      Optional<SignatureNonce> nonce,
      Instant now) {
    List<Map.Entry<String, String>> added =
        new ArrayList<>(Signed.digest(request.headers(), content));
    RequestMessage whole = Signed.with(request, added);
    Set<Component> components = new LinkedHashSet<>(ALWAYS);
    components.addAll(Signed.present(List.of("dpop", ContentDigest.FIELD), whole.headers()));
    components.addAll(Signed.present(more, whole.headers()));
    SignatureParameters parameters =
        SignatureParameters.of(List.copyOf(components), now, key.kid(), TAG, nonce);
    added.addAll(LabelledSignature.create(jose, key, parameters, ComponentValues.of(whole)));
    return List.copyOf(added);
  }

  /**
   * The one signature of a request that is for this, if it covers what it must and is of now. No
   * key was looked for yet.
   *
   * @param now by this server's clock
   * @throws InvalidHttpSignatureException if there is none, or more than one; if it does not cover
   *     what it must, or is older than {@link #LONGEST}, from the future, or expired
   */
  @Enforces({
    "HS-5.3.1.2-2",
    "HS-5.3.1.2-3",
    "HS-5.3.1.2-4",
    "HS-5.3.1.2-5",
    "HS-5.3.1.2-6",
    "HS-5.3.1.2-7",
    "SIG-8"
  })
  public static FapiRequestSignature read(RequestMessage request, Instant now)
      throws InvalidHttpSignatureException {
    LabelledSignature found =
        LabelledSignature.find(request.headers(), TAG, "HS-5.3.1.2-3", "HS-5.3.1.2-4");
    Signed.requireCovered(found.parameters(), ALWAYS, "HS-5.3.1.2-5");
    List<Component> proof = Signed.present(List.of("dpop"), request.headers());
    Signed.requireCovered(found.parameters(), proof, "HS-5.3.1.2-7");
    Signed.requireCurrent(found.parameters(), LONGEST, now, "HS-5.3.1.2-6");
    return new FapiRequestSignature(request, found);
  }

  /** The {@code keyid} it names; good for looking up the key, for nothing else. */
  public Optional<String> keyid() {
    return signature.parameters().keyid();
  }

  /**
   * Verifies the signature itself.
   *
   * @param keys those of the client that the access token was issued to, and of nobody else
   * @throws InvalidHttpSignatureException if it was not made by the one that {@code keyid} names
   */
  @Enforces({"HS-5.3.1.2-1", "HS-5.3.1.2-2", "SIG-8"})
  public VerifiedRequestSignature verify(Jose jose, JwkSet keys)
      throws InvalidHttpSignatureException {
    SignatureParameters parameters = signature.parameters();
    LabelledSignature.Made made = signature.verify(jose, ComponentValues.of(request), keys);
    return new Verified(
        request,
        made.key(),
        made.uniqueId(),
        parameters.created().orElseThrow(),
        Signed.covered(parameters, request.headers()),
        Signed.digest(parameters, request.headers()));
  }

  /** Names the key only. */
  @Override
  public String toString() {
    return "FapiRequestSignature" + keyid();
  }
}
