package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A request to a protected resource, complete and right as its {@link Caller} makes it, of which
 * every part can be changed before it is sent. It may be sent more than once: what must be fresh,
 * is. Where the server demands a nonce, it is sent once more with that nonce, unless the proof was
 * given as text. For one thread.
 */
public final class ResourceCall {
  private final Caller caller;
  private final Line line;
  private final Move move;
  private final String token;
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private URI url;
  private String method = "GET";
  private byte[] body = new byte[0];
  private String scheme;
  private boolean presents = true;
  private boolean proves;
  private UnaryOperator<Jwt> proof = UnaryOperator.identity();
  private List<String> proofTexts = List.of();
  private Optional<TestCertificate> certificate;
  private Optional<Signature> signature = Optional.empty();
  private Optional<String> sentProof = Optional.empty();
  private List<Map.Entry<String, String>> sentFields = List.of();

  /** Adds signature fields to a request that is otherwise complete (RFC 9421). */
  @FunctionalInterface
  public interface Signature {
    /** The fields to add to those that go out. */
    List<Map.Entry<String, String>> of(
        String method, URI url, List<Map.Entry<String, String>> fields, byte[] content);
  }

  ResourceCall(Caller caller, Line line, Move move, URI url, String token) {
    this.caller = caller;
    this.line = line;
    this.move = move;
    this.url = url;
    this.token = token;
    this.proves = caller.provesKey();
    this.scheme = proves ? "DPoP" : "Bearer";
    this.certificate = caller.certificate();
  }

  /** At another URL. */
  public ResourceCall at(URI other) {
    url = other;
    return this;
  }

  /** By another method. */
  public ResourceCall method(String other) {
    method = other;
    return this;
  }

  /** With content. */
  public ResourceCall content(String type, byte[] bytes) {
    body = bytes.clone();
    return field("Content-Type", type);
  }

  /** With a header field, beside any of the same name. */
  public ResourceCall field(String name, String value) {
    fields.add(Map.entry(name, value));
    return this;
  }

  /** With the token under another scheme. */
  public ResourceCall scheme(String other) {
    scheme = other;
    return this;
  }

  /** Without the {@code Authorization} field. */
  public ResourceCall withoutToken() {
    presents = false;
    return this;
  }

  /** With a change of the DPoP proof; it has one then. */
  public ResourceCall proof(UnaryOperator<Jwt> change) {
    proof = change;
    proves = true;
    return this;
  }

  /** With these proofs, as they are. */
  public ResourceCall proofs(String... texts) {
    proofTexts = List.of(texts);
    proves = true;
    return this;
  }

  /** Without a proof. */
  public ResourceCall unproved() {
    proves = false;
    return this;
  }

  /** With this certificate, or none. */
  public ResourceCall certificate(Optional<TestCertificate> shown) {
    certificate = shown;
    return this;
  }

  /** Signed so; a resource that wants signatures gets the right one unless another is set here. */
  public ResourceCall signature(Signature how) {
    signature = Optional.of(how);
    return this;
  }

  /** The proof that was last sent. */
  public Optional<String> sentProof() {
    return sentProof;
  }

  /** All fields that were last sent, in their order. */
  public List<Map.Entry<String, String>> sentFields() {
    return sentFields;
  }

  /**
   * Sends it.
   *
   * @throws IOException if there is no answer, or it may not be sent
   */
  public Answer send() throws IOException {
    Answer answer = once();
    boolean wantsNonce = answer.error().filter("use_dpop_nonce"::equals).isPresent();
    return proves && wantsNonce && proofTexts.isEmpty() ? once() : answer;
  }

  private Answer once() throws IOException {
    List<Map.Entry<String, String>> sent = new ArrayList<>();
    if (presents) {
      sent.add(Map.entry("Authorization", scheme + " " + token));
    }
    proofs().forEach(text -> sent.add(Map.entry("DPoP", text)));
    sent.addAll(fields);
    signature.ifPresent(how -> sent.addAll(how.of(method, url, sent, body)));
    sentFields = List.copyOf(sent);
    Answer answer = line.send(new Outgoing(move, method, url, sent, body, certificate));
    caller.nonces().heard(answer);
    return answer;
  }

  private List<String> proofs() {
    if (!proves) {
      return List.of();
    }
    List<String> texts =
        proofTexts.isEmpty()
            ? List.of(proof.apply(caller.proof(method, url, Optional.of(token))).compact())
            : proofTexts;
    sentProof = Optional.of(texts.getFirst());
    return texts;
  }
}
