package dev.countersign.resource;

import static dev.countersign.resource.SignedScene.CONTENT;
import static dev.countersign.resource.SignedScene.payment;
import static dev.countersign.resource.SignedScene.question;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.SignedScene.Sent;
import dev.countersign.testkit.HandSignature;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedResponsesTest {
  private static final byte[] ANSWER = "{\"status\":\"accepted\"}".getBytes(UTF_8);
  private static final List<Map.Entry<String, String>> FIELDS =
      List.of(Map.entry("Content-Type", "application/json"), Map.entry("X-Other", "1"));

  private final ResourceServer guard = SignedScene.guard().signResponses(SignedScene.SERVER);
  private final ResourceServer answersAlone =
      Scene.guard(new Nonces.Off()).signResponses(SignedScene.SERVER);

  /** What the server signs of an answer to this request. */
  private static Headers signed(ResourceServer guard, Sent request, int status, byte[] content) {
    Verdict.Admitted in = (Verdict.Admitted) request.to(guard);
    List<Map.Entry<String, String>> all = new ArrayList<>(FIELDS);
    all.addAll(in.sign(status, FIELDS, content));
    return Headers.of(all);
  }

  @Test
  @Requirement({
    "HS-5.3.2.1-1",
    "HS-5.3.2.1-2",
    "HS-5.3.2.1-3",
    "HS-5.3.2.1-4",
    "HS-5.3.2.1-5",
    "HS-5.3.2.1-6",
    "HS-5.3.2.1-7"
  })
  void signsAnAnswerWithItsContentAsTheOneToItsRequest() {
    Sent payment = payment();
    Headers answer = signed(guard, payment, 201, ANSWER);
    assertThat(answer.all("Content-Digest")).containsExactly(HandSignature.digest(ANSWER));
    HandSignature.Read read = SignedScene.read(201, answer, payment).orElseThrow();
    assertThat(read.identifiers())
        .contains(
            "\"@status\"",
            "\"content-digest\"",
            "\"content-type\"",
            "\"@method\";req",
            "\"@target-uri\";req",
            "\"content-digest\";req",
            "\"signature\";req",
            "\"signature-input\";req")
        .doesNotContain("\"x-other\"");
    assertThat(read.parameters())
        .contains(
            ";created=" + Scene.NOW.getEpochSecond(),
            ";keyid=\"" + SignedScene.SERVER.kid() + "\"",
            ";tag=\"fapi-2-response\"");
  }

  @Test
  @Requirement("HS-5.3.2.1-N")
  void signsWhatElseMattersAndWhatTheApiSays() {
    ResourceServer choosy =
        SignedScene.guard()
            .signResponses(
                ResponseKeys.of(SignedScene.SERVER), List.of("X-Payment-Id", "X-Absent"));
    List<Map.Entry<String, String>> fields =
        List.of(
            Map.entry("Content-Type", "text/plain"),
            Map.entry("Content-Encoding", "gzip"),
            Map.entry("Content-Language", "de"),
            Map.entry("Content-Location", "/payments/1"),
            Map.entry("Content-Range", "bytes 0-1/2"),
            Map.entry("DPoP-Nonce", "n"),
            Map.entry("ETag", "\"1\""),
            Map.entry("Last-Modified", "Sun, 01 Mar 2026 10:00:00 GMT"),
            Map.entry("Link", "</next>; rel=\"next\""),
            Map.entry("Location", "/payments/1"),
            Map.entry("Retry-After", "5"),
            Map.entry("WWW-Authenticate", "DPoP"),
            Map.entry("X-Payment-Id", "1"),
            Map.entry("X-Other", "1"));
    assertThat(covered(choosy, fields))
        .contains(
            fields.stream()
                .map(field -> '"' + field.getKey().toLowerCase(Locale.ROOT) + '"')
                .filter(name -> !name.equals("\"x-other\""))
                .toArray(String[]::new))
        .doesNotContain("\"x-other\"", "\"x-absent\"");
    assertThat(covered(guard, List.of(Map.entry("Link", "<\u00fc>"), Map.entry("ETag", "\"1\""))))
        .contains("\"etag\"")
        .doesNotContain("\"link\"");
    assertThatThrownBy(() -> covered(choosy, List.of(Map.entry("X-Payment-Id", "\u00fc"))))
        .isInstanceOf(IllegalArgumentException.class);
    for (String bad : List.of("", "@status", "a b", "x:y")) {
      assertThatThrownBy(
              () -> guard.signResponses(ResponseKeys.of(SignedScene.SERVER), List.of(bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The identifiers of what the server signs of an answer with these fields. */
  private static List<String> covered(
      ResourceServer guard, List<Map.Entry<String, String>> fields) {
    Sent payment = payment();
    Verdict.Admitted in = (Verdict.Admitted) payment.to(guard);
    List<Map.Entry<String, String>> all = new ArrayList<>(fields);
    all.addAll(in.sign(200, fields, ANSWER));
    return SignedScene.read(200, Headers.of(all), payment).orElseThrow().identifiers();
  }

  @Test
  @Requirement({"HS-5.3.2.1-2", "HS-5.3.2.1-7"})
  void signsNoDigestOfContentThatIsNotThere() {
    Sent question = question();
    Headers answer = signed(guard, question, 204, SignedScene.NONE);
    assertThat(answer.all("Content-Digest")).isEmpty();
    assertThat(SignedScene.read(204, answer, question).orElseThrow().identifiers())
        .doesNotContain("\"content-digest\"", "\"content-digest\";req");
  }

  @Test
  @Requirement({"HS-5.3.2.1-2", "HS-5.3.2.1-3", "ATT-64", "S-12"})
  void anAnswerIsNotThatOfAnotherRequest() {
    Sent payment = payment();
    Headers answer = signed(guard, payment, 201, ANSWER);
    assertThat(SignedScene.read(201, answer, payment())).isEmpty();
    assertThat(SignedScene.read(200, answer, payment)).isEmpty();
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-4"})
  void signsRefusalsWhoeverAsked() {
    for (Sent sent :
        List.of(
            payment().without("Authorization"),
            payment().unsigned(),
            payment().carrying(new byte[] {1}),
            payment().signed(made -> made.signedBy(SignedScene.OTHER)),
            payment().without("DPoP"))) {
      Verdict.Refused no = (Verdict.Refused) sent.to(guard);
      assertThat(no.status()).isEqualTo(401);
      HandSignature.Read read =
          SignedScene.read(401, Scene.answer(no), sent).orElseThrow(AssertionError::new);
      assertThat(read.identifiers()).contains("\"@status\"", "\"@method\";req");
      assertThat(read.identifiers().contains("\"signature\";req"))
          .isEqualTo(sent.signature().isPresent());
    }
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "DP-13"})
  void signsTheAnswerThatAsksForANonce() {
    ResourceServer nonces =
        SignedScene.demanding(Scene.guard(new Nonces.On(Scene.NONCES)))
            .signResponses(SignedScene.SERVER);
    Sent payment = payment();
    Verdict.Refused no = (Verdict.Refused) payment.to(nonces);
    assertThat(Scene.answer(no).first("WWW-Authenticate").orElseThrow()).contains("use_dpop_nonce");
    assertThat(SignedScene.read(401, Scene.answer(no), payment).orElseThrow().identifiers())
        .contains("\"www-authenticate\"", "\"dpop-nonce\"");
  }

  @Test
  @Requirement("HS-5.3.2.1-1")
  void signsTheRefusalOfWhatWasAdmittedFirst() {
    Sent payment = payment();
    Verdict.Admitted in = (Verdict.Admitted) payment.to(guard);
    assertThat(in.signsResponse()).isTrue();
    Verdict.Refused no = in.refuse(new DetailVerdict.NotGranted());
    assertThat(SignedScene.read(no.status(), Scene.answer(no), payment)).isPresent();
  }

  @Test
  @Requirement("HS-5.3.2.1-1")
  void refusesUnsignedWhatCannotBeNamed() throws Exception {
    for (String path : List.of("/a b", "/pay%zz", "/../payments")) {
      Verdict verdict =
          guard.judge(
              new ResourceRequest("GET", path, Optional.empty(), question().request().headers()),
              SignedScene.ACCOUNTS,
              RequestBody.NONE);
      assertThat(((Verdict.Refused) verdict).status()).isEqualTo(400);
    }
    Verdict foreign = payment().with("Signature", "sig1=:ü:").to(guard);
    assertThat(((Verdict.Refused) foreign).status()).isEqualTo(401);
    assertThat(Scene.answer(foreign).all("Signature")).isEmpty();
  }

  /** Whoever stands in between could add such a field, and have the answer go out unsigned. */
  @Test
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.1.2-3"})
  void admitsNothingWhoseAnswerCouldNotBeSigned() {
    for (Sent sent :
        List.of(
            question().with("Content-Digest", "\u00fc"),
            payment().with("Signature", "sig1=:AAAA:, " + "x".repeat(300_000)),
            question().with("Content-Digest", "x".repeat(300_000)))) {
      for (ResourceServer server : List.of(guard, answersAlone)) {
        Verdict verdict = sent.to(server);
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).status()).isEqualTo(401);
        assertThat(Scene.answer(verdict).all("Signature")).isEmpty();
      }
    }
  }

  /** Not every server looks at it: that of the JDK hands on whatever stands before the space. */
  @Test
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.1.2-3"})
  void aMethodThatCannotBeNamedIsRefusedUnsigned() {
    Sent odd = payment().by("P\u00c4Y");
    for (ResourceServer server : List.of(guard, answersAlone)) {
      for (Sent sent : List.of(odd, odd.without("Authorization"), odd.unsigned())) {
        Verdict verdict = sent.to(server);
        assertThat(((Verdict.Refused) verdict).status()).isEqualTo(401);
        assertThat(Scene.answer(verdict).all("Signature")).isEmpty();
      }
    }
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-3"})
  void signsAnswersAloneToRequestsThatNeedNotBeSigned() {
    Sent unsigned = payment().unsigned();
    Headers answer = signed(answersAlone, unsigned, 200, ANSWER);
    assertThat(SignedScene.read(200, answer, unsigned).orElseThrow().identifiers())
        .contains("\"content-digest\";req")
        .doesNotContain("\"signature\";req", "\"signature-input\";req");
    Sent signed = payment();
    assertThat(
            SignedScene.read(200, signed(answersAlone, signed, 200, ANSWER), signed)
                .orElseThrow()
                .identifiers())
        .contains("\"signature\";req", "\"signature-input\";req");
  }

  @Test
  @Requirement({"HS-5.3.2.1-2", "ATT-66"})
  void linksNoAnswerToAFalseDigest() {
    Sent lying = payment().unsigned().carrying(new byte[] {1});
    assertThat(((Verdict.Refused) lying.to(answersAlone)).status()).isEqualTo(401);
    Sent silent = payment().unsigned().without("Content-Digest");
    Verdict verdict = silent.to(answersAlone);
    assertThat(((Verdict.Admitted) verdict).body()).isEqualTo(CONTENT);
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "PR-2", "SP-6.8-1"})
  void publishesItsKeysAndSaysWhere() throws Exception {
    ResourceServer described =
        Scene.guard(
                new ResourceServer.Settings(
                        Scene.ISSUER,
                        new ResourceIndicator(Scene.AUDIENCE + "/bank"),
                        PublicUrl.of(Scene.AUDIENCE),
                        new Nonces.Off())
                    .describedAs(Description.of(Scene.ACCOUNTS)))
            .signResponses(
                ResponseKeys.of(SignedScene.SERVER).publishing(Scene.OTHER_KEY.publicJwk()));
    PublishedKeys keys = described.publishedKeys().orElseThrow();
    assertThat(keys.url()).isEqualTo(URI.create(Scene.AUDIENCE + "/bank/jwks.json"));
    assertThat(keys.isAt("/bank/jwks.json", Optional.empty())).isTrue();
    assertThat(keys.isAt("/bank/jwks.json", Optional.of("a=b"))).isFalse();
    assertThat(JwkSet.parse(JsonObject.parse(keys.body())))
        .isEqualTo(JwkSet.of(List.of(SignedScene.SERVER.publicJwk(), Scene.OTHER_KEY.publicJwk())));
    assertThat(keys.headers()).contains(Map.entry("Content-Type", "application/jwk-set+json"));
    ProtectedResourceMetadata metadata =
        ProtectedResourceMetadata.parse(
            described.metadata().orElseThrow().document(), URI.create(Scene.AUDIENCE + "/bank"));
    assertThat(metadata.jwksUri()).contains(keys.url());
    assertThat(described.published("/bank/jwks.json", Optional.empty())).contains(keys);
    assertThat(described.published("/.well-known/oauth-protected-resource/bank", Optional.empty()))
        .contains(described.metadata().orElseThrow());
    assertThat(described.published("/bank", Optional.empty())).isEmpty();
    assertThat(metadata.resourceSigningAlgsSupported()).containsExactly("EdDSA", "ES256");
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "PR-2"})
  void publishesThemElsewhereIfToldSoAndNothingWithoutAKey() {
    URI place = URI.create("https://keys.example.com/bank.json");
    PublishedKeys keys = publishedAt(place);
    assertThat(keys.url()).isEqualTo(place);
    // A resource of this server at the same path is not to be had without a token.
    assertThat(keys.isAt("/bank.json", Optional.empty())).isFalse();
    for (String here : List.of("https://API.example.com:443", "https://api.example.com")) {
      assertThat(publishedAt(URI.create(here + "/bank.json")).isAt("/bank.json", Optional.empty()))
          .as(here)
          .isTrue();
    }
    assertThat(
            publishedAt(URI.create("https://api.example.com:8443/bank.json"))
                .isAt("/bank.json", Optional.empty()))
        .isFalse();
    assertThat(Scene.guard(new Nonces.Off()).publishedKeys()).isEmpty();
    assertThat(Scene.guard(new Nonces.Off()).published("/jwks.json", Optional.empty())).isEmpty();
    assertThat(SignedScene.guard().publishedKeys()).isEmpty();
  }

  private static PublishedKeys publishedAt(URI place) {
    return Scene.guard(new Nonces.Off())
        .signResponses(ResponseKeys.of(SignedScene.SERVER).at(place))
        .publishedKeys()
        .orElseThrow();
  }
}
