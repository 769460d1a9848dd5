package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.story.Evidence;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.Component;
import dev.countersign.protocol.httpsig.ContentDigest;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.SignatureBase;
import dev.countersign.protocol.httpsig.SignatureParameters;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.Item;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Signs broken requests to the bank, where requests are signed. Unless it is the signature that is
 * broken, it is a good one of the client's: so the request is refused for what else is wrong.
 */
final class ForgedSignatures {
  private static final String OTHER = "app-login";
  private static final Duration LONG_AGO = Duration.ofMinutes(2);
  private static final List<String> FIELDS =
      List.of("Content-Digest", "Signature-Input", "Signature");

  private final Scene scene;

  ForgedSignatures(Scene scene) {
    this.scene = scene;
  }

  /** The request with a signature. */
  HttpRequest.Builder add(Break how, Evidence victim, HttpRequest.Builder broken, byte[] content) {
    Instant now = scene.stage().clock().instant();
    RequestMessage message = message(broken.build());
    List<Map.Entry<String, String>> fields =
        switch (how) {
          case UNSIGNED -> List.of();
          case COPY -> copied(victim);
          // As the app signed it, before somebody changed the content.
          case CHANGED_CONTENT ->
              signed(scene.messageKey(), message, victim.exchange().request().body(), now);
          case FOREIGN_SIGNATURE -> signed(scene.attackerKey(), message, content, now);
          case OLD_SIGNATURE -> signed(scene.messageKey(), message, content, now.minus(LONG_AGO));
          case OTHER_TAG -> forSomethingElse(message, content, now);
          default -> signed(scene.messageKey(), message, content, now);
        };
    fields.forEach(field -> broken.setHeader(field.getKey(), field.getValue()));
    return broken;
  }

  private static RequestMessage message(HttpRequest request) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
    return RequestMessage.of(request.method(), request.uri(), Headers.of(fields));
  }

  private static List<Map.Entry<String, String>> copied(Evidence victim) {
    return FIELDS.stream()
        .flatMap(name -> victim.requestHeader(name).map(value -> Map.entry(name, value)).stream())
        .toList();
  }

  private List<Map.Entry<String, String>> signed(
      SigningKey key, RequestMessage message, byte[] content, Instant at) {
    return FapiRequestSignature.sign(scene.stage().jose(), key, message, content, at);
  }

  /** All that must be signed, by the right key, and for something else. */
  private List<Map.Entry<String, String>> forSomethingElse(
      RequestMessage request, byte[] content, Instant now) {
    List<Map.Entry<String, String>> added = new ArrayList<>();
    if (content.length > 0) {
      added.add(Map.entry("Content-Digest", ContentDigest.of(content).toHeader()));
    }
    RequestMessage whole = with(request, added);
    List<Component> components = new ArrayList<>();
    for (String name : List.of("@method", "@target-uri", "authorization", "dpop")) {
      components.add(Component.of(name));
    }
    added.forEach(field -> components.add(Component.of(field.getKey())));
    SignatureParameters parameters =
        SignatureParameters.of(components, now, scene.messageKey().kid(), OTHER);
    byte[] signature = scene.stage().jose().sign(base(whole, parameters), scene.messageKey());
    added.add(
        Map.entry(
            "Signature-Input", new DictionaryField(Map.of("sig1", parameters.text())).serialize()));
    added.add(
        Map.entry(
            "Signature",
            new DictionaryField(Map.of("sig1", Item.of(new ByteSequence(signature)))).serialize()));
    return added;
  }

  private static RequestMessage with(
      RequestMessage request, List<Map.Entry<String, String>> added) {
    List<Map.Entry<String, String>> all = new ArrayList<>(added);
    for (String name : request.headers().names()) {
      request.headers().all(name).forEach(value -> all.add(Map.entry(name, value)));
    }
    return new RequestMessage(
        request.method(), request.targetUri(), Headers.of(all), request.trailers());
  }

  private static byte[] base(RequestMessage request, SignatureParameters parameters) {
    try {
      return SignatureBase.of(request, parameters);
    } catch (InvalidHttpSignatureException e) {
      throw new IllegalStateException("the request has all that is signed", e);
    }
  }
}
