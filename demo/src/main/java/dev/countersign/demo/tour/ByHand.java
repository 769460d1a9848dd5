package dev.countersign.demo.tour;

import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.SeenJwt;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that the client library does not make, because no good client sends them. */
final class ByHand {
  private static final List<String> COPIED =
      List.of("Authorization", DpopProof.HEADER, "Signature-Input", "Signature");

  private final Scene scene;
  private final HttpClient client;
  private final HttpClient attacker;

  ByHand(Scene scene) {
    this.scene = scene;
    this.client = scene.stage().http(Party.CLIENT);
    this.attacker = scene.stage().http(Party.ATTACKER);
  }

  /** A refused request once more: the same body, with a proof that holds the nonce it was given. */
  void repeatPush(Evidence refused) throws TourFailure {
    URI url = refused.exchange().url();
    String proof = proof(scene.dpopKey(), "POST", url, Optional.empty(), nonce(refused));
    post(url, refused.form(), proof);
  }

  /** The token of a request, presented with a good proof of another key. */
  void stealToken(Evidence victim) throws TourFailure {
    URI url = victim.exchange().url();
    AccessToken stolen = new AccessToken(victim.presented().map(SeenJwt::compact).orElseThrow());
    String proof = proof(scene.attackerKey(), "GET", url, Optional.of(stolen), nonce(victim));
    List<Map.Entry<String, String>> fields =
        List.of(
            Map.entry("Authorization", "DPoP " + stolen.reveal()),
            Map.entry(DpopProof.HEADER, proof));
    HttpRequest.Builder theft = HttpRequest.newBuilder(url).GET();
    fields.forEach(field -> theft.header(field.getKey(), field.getValue()));
    if (scene.signing().isOfMessages()) {
      signedByThief(url, fields).forEach(field -> theft.header(field.getKey(), field.getValue()));
    }
    send(attacker, theft);
  }

  private List<Map.Entry<String, String>> signedByThief(
      URI url, List<Map.Entry<String, String>> fields) {
    return FapiRequestSignature.sign(
        scene.stage().jose(),
        scene.attackerKey(),
        RequestMessage.of("GET", url, Headers.of(fields)),
        new byte[0],
        scene.stage().clock().instant());
  }

  /** An exact copy of a request, with token and proof, and the signature if it has one. */
  void replay(Evidence victim) throws TourFailure {
    HttpRequest.Builder copy = HttpRequest.newBuilder(victim.exchange().url()).GET();
    for (String name : COPIED) {
      victim.requestHeader(name).ifPresent(value -> copy.header(name, value));
    }
    send(attacker, copy);
  }

  /** A code that was redeemed, by its own client: a new assertion and a new proof, all in order. */
  void redeemAgain(Evidence redemption, Evidence newest) throws TourFailure {
    URI url = redemption.exchange().url();
    Form.Builder form = Form.builder();
    redemption.form().names().stream()
        .filter(name -> !name.equals("client_assertion"))
        .forEach(name -> form.add(name, redemption.form().value(name)));
    form.add("client_assertion", assertion());
    post(url, form.build(), proof(scene.dpopKey(), "POST", url, Optional.empty(), nonce(newest)));
  }

  /** A pushed request with another object in place of its own, the rest new and in order. */
  void pushAnother(Evidence pushed, String object, Evidence newest) throws TourFailure {
    URI url = pushed.exchange().url();
    Form form =
        Form.builder()
            .add("client_id", Cast.CLIENT_ID.value())
            .add(RequestObject.PARAMETER, object)
            .add("client_assertion_type", ClientAssertion.TYPE)
            .add("client_assertion", assertion())
            .build();
    post(url, form, proof(scene.dpopKey(), "POST", url, Optional.empty(), nonce(newest)));
  }

  private String assertion() {
    return ClientAssertion.create(
        scene.stage().jose(),
        scene.clientKey(),
        Cast.CLIENT_ID,
        scene.addresses().issuer(),
        Jti.random(scene.stage().random()),
        scene.stage().clock().instant());
  }

  private String proof(
      SigningKey key,
      String method,
      URI url,
      Optional<AccessToken> token,
      Optional<DpopNonce> nonce) {
    return DpopProof.create(
        scene.stage().jose(),
        key,
        method,
        url,
        Jti.random(scene.stage().random()),
        scene.stage().clock().instant(),
        token,
        nonce);
  }

  private static Optional<DpopNonce> nonce(Evidence given) {
    return given.header("DPoP-Nonce").map(DpopNonce::new);
  }

  private void post(URI url, Form form, String proof) throws TourFailure {
    send(
        client,
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(DpopProof.HEADER, proof)
            .POST(HttpRequest.BodyPublishers.ofString(form.encode())));
  }

  /** The answer is heard on the wire, like all others. */
  private static void send(HttpClient http, HttpRequest.Builder request) throws TourFailure {
    try {
      http.send(request.build(), BodyHandlers.discarding());
    } catch (IOException e) {
      throw new TourFailure("a request got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TourFailure("the tour was interrupted", e);
    }
  }
}
