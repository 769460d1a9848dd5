package dev.countersign.it.vectors;

import static dev.countersign.it.vectors.Messages.ACCOUNTS;
import static dev.countersign.it.vectors.Messages.CREATED;
import static dev.countersign.it.vectors.Messages.PAYMENT;
import static dev.countersign.it.vectors.Messages.PAYMENT_BY_CERTIFICATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.journey.NodeProject;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Signatures by and for {@code http-message-signatures} on Node.js, which nobody here wrote: it
 * verifies ours, we verify its, and of the vectors it thinks the same as far as RFC 9421 goes.
 */
class NodeSignaturesTest {
  /** What it does not leave to its caller. */
  private static final Set<String> OF_THE_RFC =
      Set.of(
          "HS-5.3.1.2-1",
          "HS-5.3.1.2-2",
          "HS-5.3.1.2-3",
          "HS-5.3.1.2-5",
          "HS-5.3.2.2-1",
          "HS-5.3.2.2-2",
          "HS-5.3.2.2-3",
          "HS-5.3.2.2-5",
          "SIG-7");

  @TempDir private Path folder;

  private record Answer(List<Boolean> verified, List<JsonObject> signed) {}

  @BeforeAll
  static void install() throws IOException {
    NodeProject.install();
  }

  @Test
  void verifiesTheVectors() throws Exception {
    List<Vector> vectors =
        SignatureVectors.all(JsonObject.builder().build()).stream()
            .filter(
                vector -> vector.isAccepted() || OF_THE_RFC.contains(vector.broken().getFirst()))
            .toList();

    List<Boolean> verified =
        ask(vectors.stream().map(NodeSignaturesTest::toVerify).toList(), List.of()).verified();

    for (int i = 0; i < vectors.size(); i++) {
      assertThat(verified.get(i)).as(vectors.get(i).name()).isEqualTo(vectors.get(i).isAccepted());
    }
    assertThat(verified).contains(true, false).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @EnumSource(VectorKey.class)
  @Requirement({"HS-5.3.1.1-1", "HS-5.3.2.1-1", "HS-5.3.2.1-2", "HS-5.3.2.1-3"})
  void verifiesWhatWeSign(VectorKey key) throws Exception {
    List<Exchange> signed = new ArrayList<>();
    for (Message request : requests()) {
      Exchange ours = OurSignature.signed(Exchange.of(request), key);
      signed.add(ours);
      signed.add(OurSignature.signed(ours.answered(undigested(CREATED)), key));
      signed.add(OurSignature.signed(ours.answered(Message.response(204)), key));
    }
    List<Exchange> changed =
        signed.stream().map(exchange -> exchange.changedRequest(NodeSignaturesTest::put)).toList();

    assertThat(verified(signed, key)).hasSize(9).containsOnly(true);
    assertThat(verified(changed, key)).hasSize(9).containsOnly(false);
  }

  @ParameterizedTest
  @EnumSource(VectorKey.class)
  @Requirement({"HS-5.3.1.2-2", "HS-5.3.2.2-2"})
  void signsWhatWeVerify(VectorKey key) throws Exception {
    List<Exchange> requests =
        theirs(
            List.of(
                Exchange.of(PAYMENT), Exchange.of(ACCOUNTS), Exchange.of(PAYMENT_BY_CERTIFICATE)),
            key);
    List<Exchange> responses =
        theirs(requests.stream().map(exchange -> exchange.answered(CREATED)).toList(), key);

    for (List<Exchange> all : List.of(requests, responses)) {
      assertThat(all)
          .hasSize(3)
          .allSatisfy(
              exchange -> {
                assertThat(judged(exchange, key)).isEqualTo(new Verdict.Accepted());
                Exchange changed = exchange.changedRequest(NodeSignaturesTest::put);
                assertThat(judged(changed, key)).isInstanceOf(Verdict.Refused.class);
              });
    }
  }

  private static Message put(Message request) {
    return request.started(new Message.Request("PUT", "https://rs.example.com/payments"));
  }

  private static List<Message> requests() {
    return List.of(undigested(PAYMENT), ACCOUNTS, undigested(PAYMENT_BY_CERTIFICATE));
  }

  private static Message undigested(Message message) {
    return message.without("Content-Digest");
  }

  private static Verdict judged(Exchange exchange, VectorKey key) {
    return Verdict.of(vector(exchange, key));
  }

  private static Vector vector(Exchange exchange, VectorKey key) {
    return new Vector(
        "one of these", "", VectorList.NOW, List.of(key), exchange, List.of(), Optional.empty());
  }

  private List<Boolean> verified(List<Exchange> exchanges, VectorKey key) throws Exception {
    return ask(
            exchanges.stream().map(exchange -> toVerify(vector(exchange, key))).toList(), List.of())
        .verified();
  }

  /** The messages, signed by the other implementation. */
  private List<Exchange> theirs(List<Exchange> exchanges, VectorKey key) throws Exception {
    List<JsonObject> signed =
        ask(List.of(), exchanges.stream().map(exchange -> toSign(exchange, key)).toList()).signed();
    List<Exchange> theirs = new ArrayList<>();
    for (int i = 0; i < signed.size(); i++) {
      String input = signed.get(i).string("signature_input").orElseThrow();
      String signature = signed.get(i).string("signature").orElseThrow();
      theirs.add(
          exchanges
              .get(i)
              .changed(
                  message -> message.with("Signature-Input", input).with("Signature", signature)));
    }
    return theirs;
  }

  private static JsonObject toVerify(Vector vector) {
    boolean ofRequest = vector.exchange().response().isEmpty();
    return json(vector.exchange())
        .put("now", vector.now())
        .put("keys", vector.keys().stream().map(VectorKey::jwk).toList())
        .put("tag", ofRequest ? "fapi-2-request" : "fapi-2-response")
        .put(
            "required",
            ofRequest
                ? List.of("@method", "@target-uri", "authorization")
                : List.of("@status", "@method", "@target-uri"))
        .build();
  }

  private static JsonObject toSign(Exchange exchange, VectorKey key) {
    boolean ofRequest = exchange.response().isEmpty();
    Plan plan =
        ofRequest
            ? Plan.of(exchange.request())
            : Plan.of(exchange.request(), exchange.response().get());
    return json(exchange)
        .put("key", key.jwk())
        .put("components", plan.identifiers())
        .put("created", Plan.CREATED)
        .put("tag", ofRequest ? "fapi-2-request" : "fapi-2-response")
        .build();
  }

  private static JsonObject.Builder json(Exchange exchange) {
    return JsonObject.builder()
        .put("request", exchange.request().toJson())
        .put("response", exchange.response().map(Message::toJson));
  }

  private Answer ask(List<JsonObject> verify, List<JsonObject> sign)
      throws IOException, MalformedJsonException {
    String asked = JsonObject.builder().put("verify", verify).put("sign", sign).build().toJson();
    String text = NodeProject.answer("http-signatures.mjs", folder, asked);
    JsonObject answer =
        JsonObject.parse(
            text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT.withMaxBytes(1024 * 1024));
    List<Boolean> verified = new ArrayList<>();
    for (Object each : (List<?>) answer.value("verified").orElseThrow()) {
      verified.add((Boolean) each);
    }
    return new Answer(verified, answer.objects("signed").orElseThrow());
  }
}
