package dev.countersign.demo.story;

import dev.countersign.demo.scene.Cast;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jarm.ResponseJwt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must be seen beside the rest where every message is signed. */
final class SeenMessages {
  private static final Set<String> OUTSIDE =
      Set.of("client_id", "request", "client_assertion", "client_assertion_type");
  private static final Duration RECENT = Duration.ofMinutes(1);

  private SeenMessages() {}

  /** The server says by what it takes signed requests, and signs responses. */
  static List<Observation> metadata() {
    return List.of(
        Observation.of(
            "JAR-8",
            "it says by which algorithms it takes signed requests",
            e -> !Json.texts(e.json(), "request_object_signing_alg_values_supported").isEmpty()),
        Observation.of(
            "JARM-8",
            "and how it gives signed responses, by which",
            e ->
                Json.texts(e.json(), "response_modes_supported").contains("jwt")
                    && !Json.texts(e.json(), "authorization_signing_alg_values_supported")
                        .isEmpty()));
  }

  /** A signed authorization request (RFC 9101). */
  static List<Observation> requestObject() {
    return List.of(
        Observation.of(
                "MS-5.3.1-1",
                "the server takes a JWT that the client's own key signed",
                e -> e.requestObject().filter(jwt -> jwt.isSignedBy(KeyRing.CLIENT)).isPresent())
            .where(e -> MessageKind.PUSH.isAnsweredBy(e.status())),
        Observation.of(
            "MS-5.3.2-1",
            "beside it are client_id and client authentication, nothing else",
            e -> e.form().has("request") && OUTSIDE.containsAll(e.form().names())),
        Observation.of(
            "MS-5.3.2-2", "aud is the issuer", e -> objectHas(e, "aud", e.issuer().value())),
        Observation.of(
            "MS-5.3.2-3",
            "nbf says from when it holds",
            e -> e.requestObject().filter(jwt -> jwt.claims().has("nbf")).isPresent()),
        Observation.of(
            "MS-5.3.2-4", "and exp until when, within the hour", SeenMessages::endsInTime),
        Observation.of(
            "MS-5.3.2-5",
            "its type says that it is a request, and no assertion",
            e ->
                e.requestObject()
                    .flatMap(jwt -> jwt.jws().type())
                    .equals(Optional.of("oauth-authz-req+jwt"))),
        Observation.of(
            "JAR-2",
            "client_id in it is the client that authenticates",
            e -> objectHas(e, "client_id", Cast.CLIENT_ID.value())),
        Observation.of(
            "JAR-3",
            "it points to no other request, and has no sub",
            e ->
                e.requestObject()
                    .filter(
                        jwt ->
                            Set.of("request", "request_uri", "sub").stream()
                                .noneMatch(jwt.claims()::has))
                    .isPresent()),
        Observation.of(
            "MS-5.4.2-1",
            "it wants the response signed, too",
            e -> objectHas(e, "response_mode", "jwt")));
  }

  private static boolean objectHas(Evidence e, String claim, String value) {
    return e.requestObject().flatMap(jwt -> jwt.text(claim)).equals(Optional.of(value));
  }

  private static boolean endsInTime(Evidence e) {
    return e.requestObject()
        .flatMap(
            jwt ->
                Json.number(jwt.claims(), "exp")
                    .flatMap(exp -> Json.number(jwt.claims(), "nbf").map(nbf -> exp - nbf)))
        .filter(seconds -> seconds > 0 && seconds <= RequestObject.LONGEST.toSeconds())
        .isPresent();
  }

  /** A signed authorization response (JARM). */
  static List<Observation> response() {
    return List.of(
        Observation.of(
            "MS-5.4.1-1",
            "the response is a JWT that the server signed",
            e -> e.responseJwt().filter(jwt -> jwt.isSignedBy(KeyRing.SERVER)).isPresent()),
        Observation.of(
            "MS-5.4.1-N",
            "nothing is outside of it, iss neither",
            e -> e.redirect().names().equals(Set.of(ResponseJwt.PARAMETER))),
        Observation.of(
            "JARM-1",
            "it is of this server, for this client, for ten minutes at most",
            SeenMessages::isForTheClient));
  }

  private static boolean isForTheClient(Evidence e) {
    return e.responseJwt()
        .filter(jwt -> jwt.text("iss").equals(Optional.of(e.issuer().value())))
        .filter(jwt -> jwt.text("aud").equals(Optional.of(Cast.CLIENT_ID.value())))
        .flatMap(jwt -> Json.number(jwt.claims(), "exp"))
        .map(exp -> exp - e.exchange().at().getEpochSecond())
        .filter(seconds -> seconds >= 0 && seconds <= ResponseJwt.LONGEST.toSeconds())
        .isPresent();
  }

  /** A request of the client to the bank, and the answer to it. */
  static List<Observation> both() {
    return Observation.all(List.of(request(), answer()));
  }

  /** A request that the client signed (RFC 9421). */
  static List<Observation> request() {
    return List.of(
        Observation.of(
            "HS-5.3.1.1-1",
            "the client's key for messages signed the request",
            e ->
                e.requestSignature()
                    .filter(one -> one.isSignedBy(KeyRing.CLIENT_MESSAGES))
                    .isPresent()),
        Observation.of("HS-5.3.1.1-2", "with its method", e -> signed(e, "@method")),
        Observation.of("HS-5.3.1.1-3", "and its whole URL", e -> signed(e, "@target-uri")),
        Observation.of(
            "HS-5.3.1.1-4", "and when it was made: now", e -> isOfNow(e, e.requestSignature())),
        Observation.of(
            "HS-5.3.1.1-5", "and what for", e -> isFor(e.requestSignature(), "fapi-2-request")),
        Observation.of("HS-5.3.1.1-6", "and the access token", e -> signed(e, "authorization")),
        Observation.of("HS-5.3.1.1-7", "and the DPoP proof", e -> signed(e, "dpop")),
        Observation.of(
                "HS-5.3.1.1-8", "and the digest of its content", SeenMessages::isRequestDigested)
            .where(e -> e.exchange().request().body().length > 0));
  }

  private static boolean isRequestDigested(Evidence e) {
    return signed(e, "content-digest")
        && SeenSignature.fits(e.requestHeaders("Content-Digest"), e.exchange().request().body());
  }

  private static boolean signed(Evidence e, String component) {
    return e.requestSignature().filter(one -> one.covers(component)).isPresent();
  }

  /** An answer that the bank signed, to whatever request. */
  static List<Observation> answer() {
    return List.of(
        Observation.of(
            "HS-5.3.2.1-1",
            "the bank signed the answer",
            e -> e.answerSignature().filter(one -> one.isSignedBy(KeyRing.BANK)).isPresent()),
        Observation.of(
            "HS-5.3.2.1-2",
            "with method, URL and content of the request it is to",
            e -> answers(e, "@method", "@target-uri") && answersIfThere(e, "content-digest")),
        Observation.of(
            "HS-5.3.2.1-3",
            "and the request's own signature",
            e -> answersIfThere(e, "signature") && answersIfThere(e, "signature-input")),
        Observation.of("HS-5.3.2.1-4", "and its status", e -> answerCovers(e, "@status")),
        Observation.of(
            "HS-5.3.2.1-5", "and when it was made: now", e -> isOfNow(e, e.answerSignature())),
        Observation.of(
            "HS-5.3.2.1-6", "and what for", e -> isFor(e.answerSignature(), "fapi-2-response")),
        Observation.of(
                "HS-5.3.2.1-7", "and the digest of its content", SeenMessages::isAnswerDigested)
            .where(e -> e.exchange().response().body().length > 0));
  }

  private static boolean isAnswerDigested(Evidence e) {
    return answerCovers(e, "content-digest")
        && SeenSignature.fits(
            e.exchange().response().all("Content-Digest"), e.exchange().response().body());
  }

  private static boolean answersIfThere(Evidence e, String field) {
    return e.requestHeaders(field).isEmpty() || answers(e, field);
  }

  private static boolean answers(Evidence e, String... ofRequest) {
    return List.of(ofRequest).stream().allMatch(name -> answerCovers(e, name + ";req"));
  }

  private static boolean answerCovers(Evidence e, String component) {
    return e.answerSignature().filter(one -> one.covers(component)).isPresent();
  }

  private static boolean isFor(Optional<SeenSignature> signature, String tag) {
    return signature.flatMap(SeenSignature::tag).equals(Optional.of(tag));
  }

  private static boolean isOfNow(Evidence e, Optional<SeenSignature> signature) {
    return signature
        .flatMap(SeenSignature::created)
        .map(created -> Duration.between(created, e.exchange().at()).abs())
        .filter(age -> age.compareTo(RECENT) <= 0)
        .isPresent();
  }

  /** A thief cannot sign as the client. */
  static List<Observation> stolenToken() {
    return Observation.all(
        List.of(
            List.of(
                Observation.of(
                    "HS-5.3.1.2-1",
                    "the key that signed is none of the client's whose token it is",
                    SeenInAttacks::isSignedByThief),
                Observation.of(
                    "HS-5.3.1.2-3", "so it is refused, with 401", e -> e.status() == 401)),
            answer()));
  }

  /** Somebody changed the content on the way. */
  static List<Observation> changedPayment() {
    return Observation.all(
        List.of(
            List.of(
                Observation.of(
                    "HS-5.3.1.2-8",
                    "the signature covers a digest of the content",
                    SeenInAttacks::isChangedContent),
                Observation.of(
                    "SIG-10",
                    "which is not of this content; refused for that",
                    SeenInAttacks::isChangedContent)),
            answer()));
  }

  /** Somebody changed the request before it was pushed. */
  static List<Observation> changedObject() {
    return List.of(
        Observation.of(
            "MS-5.3.1-1",
            "what was signed is another request; this one is refused for that",
            SeenInAttacks::isChangedObject),
        Observation.of(
            "JAR-6",
            "as invalid_request_object",
            e -> Json.text(e.json(), "error").equals(Optional.of("invalid_request_object"))));
  }
}
