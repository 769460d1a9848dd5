package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Purchase;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.Json;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes broken copies of messages, with what a thief has: the message, and keys of his own. */
final class Forger {
  private static final Set<String> ASSERTION = Set.of("client_assertion", "client_assertion_type");
  private static final Set<String> CHALLENGE = Set.of("code_challenge", "code_challenge_method");

  /** What a copy holds besides its proof; the rest is made by HTTP itself. */
  private static final List<String> UNPROVED =
      List.of("Authorization", "Content-Type", "Accept", "x-fapi-end-user-present");

  private static final String THIEF = "https://thief.example/callback";
  private static final Issuer ANOTHER = new Issuer("https://another-bank.example");
  private static final String OTHER_AMOUNT = "1499.00";

  private final Scene scene;
  private final ForgedObjects objects;
  private final ForgedSignatures signatures;

  Forger(Scene scene) {
    this.scene = scene;
    this.objects = new ForgedObjects(scene);
    this.signatures = new ForgedSignatures(scene);
  }

  /** Whether it can be done to a message of this step here. */
  boolean knows(Break how, Step step) {
    return how.isOf(step, scene.signing());
  }

  /**
   * A broken copy, still to be sent.
   *
   * @param nonce the newest one of the server that it goes to
   */
  HttpRequest.Builder forge(Break how, Evidence victim, Optional<DpopNonce> nonce) {
    HttpRequest.Builder broken = broken(how, victim, nonce);
    return scene.signing().isOfMessages() && victim.exchange().to() == Party.BANK
        ? signatures.add(how, victim, broken, content(how, victim))
        : broken;
  }

  private HttpRequest.Builder broken(Break how, Evidence victim, Optional<DpopNonce> nonce) {
    Form form = victim.form();
    return switch (how) {
      case LEAVE_OUT_ASSERTION ->
          post(victim, without(form, ASSERTION), proof(thief(), victim, nonce));
      case FOREIGN_ASSERTION ->
          post(victim, signed(form, thief(), issuer()), proof(thief(), victim, nonce));
      case ASSERTION_FOR_ANOTHER ->
          post(victim, signed(form, client(), ANOTHER), proof(thief(), victim, nonce));
      case FOREIGN_REDIRECT -> byClient(victim, objects.with(victim, "redirect_uri", THIEF), nonce);
      case WITHOUT_CHALLENGE -> byClient(victim, objects.without(victim, CHALLENGE), nonce);
      case WRONG_VERIFIER ->
          byClient(
              victim,
              with(form, "code_verifier", CodeVerifier.random(scene.stage().random()).reveal()),
              nonce);
      case REPLAY_CODE -> byClient(victim, form, nonce);
      case NOT_PUSHED -> open(victim, unpushed());
      case OTHER_CLIENT -> open(victim, with(form, "client_id", "another-app"));
      case OTHER_BROWSER -> open(victim, form);
      case DROP_PROOF -> withoutProof(victim);
      case OTHER_KEY -> otherKey(victim, nonce);
      case NO_NONCE -> again(victim, proof(dpop(), victim, Optional.empty()));
      case COPY -> copy(victim);
      case AS_BEARER -> bearer(victim);
      case FORGED_TOKEN -> rewritten(victim, nonce);
      case OTHER_REQUEST -> payment(victim);
      case CHANGE_AMOUNT -> otherAmount(victim);
      case OVERCHARGE, CHANGED_CONTENT -> overcharge(victim, nonce);
      case UNKNOWN_DETAIL -> byClient(victim, unknownType(victim), nonce);
      case MORE_DETAIL -> byClient(victim, aPayment(form), nonce);
      case UNSIGNED_REQUEST -> byClient(victim, ForgedObjects.plain(victim), nonce);
      case CHANGED_OBJECT ->
          byClient(victim, ForgedObjects.changed(victim, "redirect_uri", THIEF), nonce);
      case ALTERED_RESPONSE -> open(victim, objects.altered(victim));
      case UNSIGNED, FOREIGN_SIGNATURE, OTHER_TAG, OLD_SIGNATURE ->
          again(victim, proof(dpop(), victim, nonce));
    };
  }

  /** What a forged request to the bank has in it. */
  private byte[] content(Break how, Evidence victim) {
    return switch (how) {
      case OVERCHARGE, CHANGE_AMOUNT, CHANGED_CONTENT -> more(victim);
      case OTHER_REQUEST -> toTheThief();
      default -> victim.exchange().request().body();
    };
  }

  private HttpRequest.Builder byClient(Evidence victim, Form form, Optional<DpopNonce> nonce) {
    return post(victim, signed(form, client(), issuer()), proof(dpop(), victim, nonce));
  }

  private static HttpRequest.Builder post(Evidence victim, Form form, String proof) {
    return post(victim, form).header(DpopProof.HEADER, proof);
  }

  private static HttpRequest.Builder post(Evidence victim, Form form) {
    return HttpRequest.newBuilder(victim.exchange().url())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form.encode()));
  }

  private static HttpRequest.Builder open(Evidence victim, Form query) {
    return HttpRequest.newBuilder(URI.create(victim.exchange().url() + "?" + query.encode())).GET();
  }

  private Form unpushed() {
    return Form.builder()
        .add("client_id", Cast.CLIENT_ID.value())
        .add("response_type", "code")
        .add("redirect_uri", scene.addresses().redirectUri().value())
        .add("scope", Cast.ASKED.toString())
        .build();
  }

  private HttpRequest.Builder withoutProof(Evidence victim) {
    return isForm(victim)
        ? post(victim, signed(victim.form(), client(), issuer()))
        : unproved(victim);
  }

  private HttpRequest.Builder otherKey(Evidence victim, Optional<DpopNonce> nonce) {
    return again(victim, proof(thief(), victim, nonce));
  }

  /** The request once more, with a fresh assertion where it had one, and this proof. */
  private HttpRequest.Builder again(Evidence victim, String proof) {
    return isForm(victim)
        ? post(victim, signed(victim.form(), client(), issuer()), proof)
        : unproved(victim).header(DpopProof.HEADER, proof);
  }

  private static HttpRequest.Builder copy(Evidence victim) {
    return unproved(victim).header(DpopProof.HEADER, victimsProof(victim));
  }

  private static String victimsProof(Evidence victim) {
    return victim
        .requestHeader(DpopProof.HEADER)
        .orElseThrow(() -> new IllegalStateException("the message has no proof to be copied"));
  }

  private static HttpRequest.Builder unproved(Evidence victim) {
    var heard = victim.exchange().request();
    String query = heard.query().map(text -> "?" + text).orElse("");
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(URI.create(victim.exchange().url() + query))
            .method(heard.method(), BodyPublishers.ofByteArray(heard.body()));
    UNPROVED.forEach(
        name -> heard.headers().first(name).ifPresent(value -> copy.header(name, value)));
    return copy;
  }

  private static HttpRequest.Builder bearer(Evidence victim) {
    return HttpRequest.newBuilder(victim.exchange().url())
        .header("Authorization", "Bearer " + token(victim).reveal())
        .GET();
  }

  /** The token with the thief's key in it, and under it the server's signature as it was. */
  private HttpRequest.Builder rewritten(Evidence victim, Optional<DpopNonce> nonce) {
    String[] parts = token(victim).reveal().split("\\.", -1);
    JsonObject claims =
        Json.parse(Base64.getUrlDecoder().decode(parts[1]))
            .orElseThrow(() -> new IllegalStateException("the token holds no JSON"));
    JsonObject cnf =
        JsonObject.builder().put("jkt", thief().publicJwk().thumbprint().value()).build();
    JsonObject changed = claims.without("cnf").toBuilder().put("cnf", cnf).build();
    AccessToken forged =
        new AccessToken(
            parts[0]
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(changed.toBytes())
                + "."
                + parts[2]);
    return unproved(victim)
        .setHeader("Authorization", "DPoP " + forged.reveal())
        .header(DpopProof.HEADER, proof(thief(), victim, Optional.of(forged), nonce));
  }

  private byte[] toTheThief() {
    JsonObject order =
        Purchase.asked(scene.addresses().bank(), "99.00").json().without("creditorName").toBuilder()
            .put("creditorName", "The Thief")
            .build();
    return order.toBytes();
  }

  private HttpRequest.Builder payment(Evidence victim) {
    return HttpRequest.newBuilder(scene.addresses().bank().resolve("/payments"))
        .header("Content-Type", "application/json")
        .header("Authorization", "DPoP " + token(victim).reveal())
        .header(DpopProof.HEADER, victimsProof(victim))
        .POST(BodyPublishers.ofByteArray(toTheThief()));
  }

  private static HttpRequest.Builder otherAmount(Evidence victim) {
    return copy(victim).POST(BodyPublishers.ofByteArray(more(victim)));
  }

  /** By the app itself, or by somebody inside it: everything but the amount is right. */
  private HttpRequest.Builder overcharge(Evidence victim, Optional<DpopNonce> nonce) {
    return again(victim, proof(dpop(), victim, nonce))
        .POST(BodyPublishers.ofByteArray(more(victim)));
  }

  private static byte[] more(Evidence victim) {
    return Purchase.over(victim.sent(), OTHER_AMOUNT).toBytes();
  }

  /** Details of a type that nobody knows. */
  private Form unknownType(Evidence victim) {
    return objects.with(victim, AuthorizationDetails.NAME, "[{\"type\":\"all_of_your_money\"}]");
  }

  /** Details that nobody allowed. */
  private Form aPayment(Form form) {
    AuthorizationDetail wanted = Purchase.asked(scene.addresses().bank(), OTHER_AMOUNT);
    return with(form, AuthorizationDetails.NAME, AuthorizationDetails.of(wanted).toJson());
  }

  private static AccessToken token(Evidence victim) {
    String credentials = victim.requestHeader("Authorization").orElse("");
    return new AccessToken(credentials.substring(credentials.indexOf(' ') + 1));
  }

  private static boolean isForm(Evidence victim) {
    return victim.requestHeader("Authorization").isEmpty();
  }

  static Form without(Form form, Set<String> names) {
    Form.Builder kept = Form.builder();
    form.names().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> form.values(name).forEach(value -> kept.add(name, value)));
    return kept.build();
  }

  static Form with(Form form, String name, String value) {
    Form.Builder changed = Form.builder();
    Form rest = without(form, Set.of(name));
    rest.names().forEach(n -> rest.values(n).forEach(v -> changed.add(n, v)));
    return changed.add(name, value).build();
  }

  private Form signed(Form form, SigningKey key, Issuer audience) {
    String assertion =
        ClientAssertion.create(
            scene.stage().jose(),
            key,
            Cast.CLIENT_ID,
            audience,
            Jti.random(scene.stage().random()),
            scene.stage().clock().instant());
    return with(form, "client_assertion", assertion);
  }

  private String proof(SigningKey key, Evidence victim, Optional<DpopNonce> nonce) {
    Optional<AccessToken> token = isForm(victim) ? Optional.empty() : Optional.of(token(victim));
    return proof(key, victim, token, nonce);
  }

  private String proof(
      SigningKey key, Evidence victim, Optional<AccessToken> token, Optional<DpopNonce> nonce) {
    return DpopProof.create(
        scene.stage().jose(),
        key,
        victim.exchange().request().method(),
        victim.exchange().url(),
        Jti.random(scene.stage().random()),
        scene.stage().clock().instant(),
        token,
        nonce);
  }

  private Issuer issuer() {
    return scene.addresses().issuer();
  }

  private SigningKey client() {
    return scene.clientKey();
  }

  private SigningKey dpop() {
    return scene.dpopKey();
  }

  private SigningKey thief() {
    return scene.attackerKey();
  }
}
