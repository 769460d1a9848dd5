package dev.countersign.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.testkit.HandSignature;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A client that signs its payments by hand, and a resource server that wants and gives that. */
final class SignedScene {
  static final SigningKey SIGNER = Scene.JOSE.generate(SignatureAlgorithm.EDDSA, Scene.RANDOM);
  static final SigningKey OTHER = Scene.JOSE.generate(SignatureAlgorithm.EDDSA, Scene.RANDOM);
  static final SigningKey SERVER = Scene.JOSE.generate(SignatureAlgorithm.EDDSA, Scene.RANDOM);
  static final ClientId APP = new ClientId("app");
  static final String PATH = "/payments";
  static final String URL = Scene.AUDIENCE + PATH;
  static final String TARGET = URL + "?async=true";
  static final byte[] CONTENT = "{\"amount\":\"123.50\"}".getBytes(UTF_8);
  static final byte[] NONE = new byte[0];
  static final Wanted ACCOUNTS = Wanted.of(Scene.ACCOUNTS);

  private SignedScene() {}

  /** Wants signed requests, of the app and of another client. */
  static ResourceServer guard() {
    return demanding(Scene.guard(new Nonces.Off()));
  }

  static ResourceServer demanding(ResourceServer guard) {
    return guard.httpSignatures(
        ClientSigningKeys.fixed(Map.of(APP, jwks(SIGNER), new ClientId("other"), jwks(OTHER))));
  }

  static JwkSet jwks(SigningKey key) {
    return JwkSet.of(List.of(key.publicJwk()));
  }

  /** A request in the making. Immutable. */
  static final class Sent {
    private final String method;
    private final Map<String, String> fields;
    private final byte[] content;
    private final Optional<HandSignature> signature;

    /**
     * Keeps its parts.
     *
     * @param fields that go with it, each once
     * @param signature of it, put into its two fields when it is sent
     */
    Sent(
        String method,
        Map<String, String> fields,
        byte[] content,
        Optional<HandSignature> signature) {
      this.method = method;
      this.fields = new LinkedHashMap<>(fields);
      this.content = content;
      this.signature = signature;
    }

    Optional<HandSignature> signature() {
      return signature;
    }

    /** The same, its signature spoiled, and made by the key again. */
    Sent signed(UnaryOperator<HandSignature> change) {
      return new Sent(method, fields, content, signature.map(change));
    }

    /** The same with a field that is set after it was signed. */
    Sent with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(fields);
      more.put(name, value);
      return new Sent(method, more, content, signature);
    }

    Sent without(String name) {
      Map<String, String> less = new LinkedHashMap<>(fields);
      less.remove(name);
      return new Sent(method, less, content, signature);
    }

    /** The same with content that was not signed. */
    Sent carrying(byte[] other) {
      return new Sent(method, fields, other, signature);
    }

    /** The same with a method that was not signed. */
    Sent by(String other) {
      return new Sent(other, fields, content, signature);
    }

    Sent unsigned() {
      return new Sent(method, fields, content, Optional.empty());
    }

    /** All fields, those of the signature last unless a test set them itself. */
    Map<String, String> all() {
      Map<String, String> all = new LinkedHashMap<>();
      signature.ifPresent(
          made -> {
            all.put("Signature-Input", made.input());
            all.put("Signature", made.signature());
          });
      all.putAll(fields);
      return all;
    }

    ResourceRequest request() {
      List<Map.Entry<String, String>> entries = new ArrayList<>();
      all().forEach((name, value) -> entries.add(Map.entry(name, value)));
      return new ResourceRequest(method, PATH, Optional.of("async=true"), Headers.of(entries));
    }

    Verdict to(ResourceServer guard) {
      try {
        return guard.judge(request(), ACCOUNTS, () -> content);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /**
     * The value of a component of this request, by its identifier in the signature of a response.
     */
    String component(String identifier) {
      return switch (identifier) {
        case "\"@method\";req" -> method;
        case "\"@target-uri\";req" -> TARGET;
        default -> {
          String name = identifier.substring(1, identifier.indexOf('"', 1));
          yield all().entrySet().stream()
              .filter(field -> field.getKey().equalsIgnoreCase(name))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("missing");
        }
      };
    }
  }

  /** A payment, signed as the profile wants it. */
  static Sent payment() {
    return payment(Scene.token(), Scene.NOW);
  }

  static Sent payment(AccessToken token, Instant created) {
    return payment(token, created, Optional.empty());
  }

  /** The same, whose proof has a nonce. */
  static Sent payment(AccessToken token, Instant created, Optional<DpopNonce> nonce) {
    return sent("POST", token, created, CONTENT, nonce);
  }

  /** A question, which has no content and no digest. */
  static Sent question() {
    return sent("GET", Scene.token(), Scene.NOW, NONE, Optional.empty());
  }

  private static Sent sent(
      String method,
      AccessToken token,
      Instant created,
      byte[] content,
      Optional<DpopNonce> nonce) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Authorization", "DPoP " + token.reveal());
    fields.put("DPoP", Scene.proof(Scene.CLIENT_KEY, method, URL, Scene.NOW, token, nonce));
    HandSignature signature =
        HandSignature.by(SIGNER, created, "fapi-2-request")
            .covering("\"@method\"", method)
            .covering("\"@target-uri\"", TARGET)
            .covering("\"authorization\"", fields.get("Authorization"))
            .covering("\"dpop\"", fields.get("DPoP"));
    if (content.length > 0) {
      fields.put("Content-Digest", HandSignature.digest(content));
      signature = signature.covering("\"content-digest\"", fields.get("Content-Digest"));
    }
    return new Sent(method, fields, content, Optional.of(signature));
  }

  /** What the signature of an answer says; empty if it is not by the server's key. */
  static Optional<HandSignature.Read> read(int status, Headers answer, Sent request) {
    Function<String, String> values =
        identifier ->
            identifier.endsWith(";req")
                ? request.component(identifier)
                : identifier.equals("\"@status\"")
                    ? Integer.toString(status)
                    : String.join(", ", answer.all(identifier.replace("\"", "")));
    return HandSignature.read(
        SERVER.publicJwk(),
        answer.first("Signature-Input").orElse(""),
        answer.first("Signature").orElse(""),
        values);
  }
}
