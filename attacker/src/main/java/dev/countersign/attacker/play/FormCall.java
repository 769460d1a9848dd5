package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A form for the back channel, complete and right as its {@link Caller} makes it, of which every
 * part can be changed before it is sent. It may be sent more than once: what must be fresh, is.
 *
 * <p>Where the server demands a nonce, it is sent once more with that nonce, unless the proof was
 * given as text. For one thread.
 */
public final class FormCall {
  private static final Set<String> AUTHENTICATION =
      Set.of("client_id", "client_assertion", "client_assertion_type", "client_secret");

  private final Caller caller;
  private final Line line;
  private final Move move;
  private final String verb;
  private final URI url;
  private final List<Map.Entry<String, String>> parameters = new ArrayList<>();
  private final List<Map.Entry<String, String>> beside = new ArrayList<>();
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private Optional<TestCertificate> certificate;
  private boolean authenticates = true;
  private UnaryOperator<Jwt> assertion = UnaryOperator.identity();
  private List<String> assertionTexts = List.of();
  private boolean proves;
  private UnaryOperator<Jwt> proof = UnaryOperator.identity();
  private List<String> proofTexts = List.of();
  private boolean wraps;
  private UnaryOperator<Jwt> object = UnaryOperator.identity();
  private Optional<String> contentType = Optional.of("application/x-www-form-urlencoded");
  private Optional<String> sentAssertion = Optional.empty();
  private Optional<String> sentProof = Optional.empty();

  FormCall(Caller caller, Line line, Move move, URI url, boolean proves) {
    this.caller = caller;
    this.line = line;
    this.move = move;
    this.verb = "POST";
    this.url = url;
    this.proves = proves;
    this.certificate = caller.certificate();
  }

  /** With this value of a parameter, in place of any before. */
  public FormCall set(String name, String value) {
    drop(name);
    return add(name, value);
  }

  /** With this value of a parameter, beside any before. */
  public FormCall add(String name, String value) {
    parameters.add(Map.entry(name, value));
    return this;
  }

  /** Without a parameter. */
  public FormCall drop(String name) {
    parameters.removeIf(parameter -> parameter.getKey().equals(name));
    return this;
  }

  /** The first value of a parameter, as it is now. */
  public Optional<String> value(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** With a parameter outside the request object, where there is one. */
  public FormCall beside(String name, String value) {
    beside.add(Map.entry(name, value));
    return this;
  }

  /** With a header field, beside any of the same name. */
  public FormCall field(String name, String value) {
    fields.add(Map.entry(name, value));
    return this;
  }

  /** With another content type; the content stays a form. */
  public FormCall contentType(String type) {
    contentType = Optional.of(type);
    return this;
  }

  /** With a change of the client assertion. */
  public FormCall assertion(UnaryOperator<Jwt> change) {
    assertion = change;
    return this;
  }

  /** With these assertions, as they are. */
  public FormCall assertions(String... texts) {
    assertionTexts = List.of(texts);
    return this;
  }

  /** Without authentication: no assertion, no certificate. */
  public FormCall unauthenticated() {
    authenticates = false;
    certificate = Optional.empty();
    return this;
  }

  /** With this certificate, or none. */
  public FormCall certificate(Optional<TestCertificate> shown) {
    certificate = shown;
    return this;
  }

  /** With a change of the DPoP proof; it has one then. */
  public FormCall proof(UnaryOperator<Jwt> change) {
    proof = change;
    proves = true;
    return this;
  }

  /** With these proofs, as they are. */
  public FormCall proofs(String... texts) {
    proofTexts = List.of(texts);
    proves = true;
    return this;
  }

  /** Without a proof. */
  public FormCall unproved() {
    proves = false;
    proofTexts = List.of();
    return this;
  }

  /** With all parameters in a request object (RFC 9101), changed so. */
  public FormCall object(UnaryOperator<Jwt> change) {
    wraps = true;
    object = change;
    return this;
  }

  /** Without a request object. */
  public FormCall plain() {
    wraps = false;
    return this;
  }

  /** The assertion that was last sent. */
  public Optional<String> sentAssertion() {
    return sentAssertion;
  }

  /** The proof that was last sent. */
  public Optional<String> sentProof() {
    return sentProof;
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

  /** What would be sent, as a form; fresh assertion and object each time. */
  public Form form() {
    Form.Builder form = Form.builder();
    content().forEach(parameter -> form.add(parameter.getKey(), parameter.getValue()));
    return form.build();
  }

  private Answer once() throws IOException {
    List<Map.Entry<String, String>> sent = new ArrayList<>();
    contentType.ifPresent(type -> sent.add(Map.entry("Content-Type", type)));
    sent.add(Map.entry("Accept", "application/json"));
    sent.addAll(fields);
    proofs().forEach(text -> sent.add(Map.entry("DPoP", text)));
    byte[] body = encoded().getBytes(StandardCharsets.UTF_8);
    Answer answer = line.send(new Outgoing(move, verb, url, sent, body, certificate));
    caller.nonces().heard(answer);
    return answer;
  }

  private List<String> proofs() {
    if (!proves) {
      return List.of();
    }
    List<String> texts =
        proofTexts.isEmpty()
            ? List.of(proof.apply(caller.proof(verb, url, Optional.empty())).compact())
            : proofTexts;
    sentProof = Optional.of(texts.getFirst());
    return texts;
  }

  private List<Map.Entry<String, String>> content() {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    if (wraps) {
      parameters.stream()
          .filter(parameter -> AUTHENTICATION.contains(parameter.getKey()))
          .forEach(all::add);
      all.add(Map.entry("request", object.apply(caller.requestObject(asked())).compact()));
    } else {
      all.addAll(parameters);
    }
    all.addAll(beside);
    if (authenticates) {
      all.addAll(authentication());
    }
    return all;
  }

  private List<Map.Entry<String, String>> asked() {
    return parameters.stream()
        .filter(parameter -> !AUTHENTICATION.contains(parameter.getKey()))
        .toList();
  }

  private List<Map.Entry<String, String>> authentication() {
    List<String> texts = assertionTexts;
    if (texts.isEmpty() && caller.assertsItself()) {
      texts = List.of(assertion.apply(caller.assertion()).compact());
    }
    List<Map.Entry<String, String>> added = new ArrayList<>();
    if (!texts.isEmpty()) {
      sentAssertion = Optional.of(texts.getFirst());
      added.add(Map.entry("client_assertion_type", Caller.ASSERTION_TYPE));
      texts.forEach(text -> added.add(Map.entry("client_assertion", text)));
    }
    return added;
  }

  /** What would be sent, encoded: a name may stand twice. Fresh assertion and object each time. */
  public String encoded() {
    return content().stream()
        .map(one -> Form.builder().add(one.getKey(), one.getValue()).build().encode())
        .collect(Collectors.joining("&"));
  }
}
