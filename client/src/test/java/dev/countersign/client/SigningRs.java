package dev.countersign.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.testkit.HandSignature;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A resource server over real HTTPS that signs its answers by hand, as a test wants them. */
final class SigningRs implements AutoCloseable {
  static final SigningKey SERVER =
      ScriptedAs.JOSE.generate(SignatureAlgorithm.EDDSA, ScriptedAs.RANDOM);
  static final SigningKey OTHER =
      ScriptedAs.JOSE.generate(SignatureAlgorithm.EDDSA, ScriptedAs.RANDOM);
  static final String METADATA = "/.well-known/oauth-protected-resource";
  static final String JWKS = "/jwks.json";
  static final String BODY = "{\"status\":\"accepted\"}";

  final ScriptedServer server = new ScriptedServer();

  private final InstantSource clock;

  SigningRs(InstantSource clock) {
    this.clock = clock;
    describes("", Optional.of(JWKS));
    publishes(SERVER);
  }

  /** Tells of a resource with this path, and where its keys are. */
  void describes(String path, Optional<String> jwks) {
    JsonObject metadata =
        ScriptedAs.json(
            jwks.isPresent()
                ? Map.of(
                    "resource", server.uri(path).toString(),
                    "jwks_uri", server.uri(jwks.get()).toString())
                : Map.of("resource", server.uri(path).toString()));
    server.on(METADATA + path, r -> Reply.json(200, metadata));
  }

  /** Tells of itself, its keys, and the algorithms that it signs with. */
  void signsWith(String... algorithms) {
    JsonObject metadata =
        ScriptedAs.json(
            Map.of(
                "resource", server.uri("").toString(),
                "jwks_uri", server.uri(JWKS).toString(),
                "resource_signing_alg_values_supported", List.of(algorithms)));
    server.on(METADATA, r -> Reply.json(200, metadata));
  }

  void publishes(SigningKey... keys) {
    JwkSet set = JwkSet.of(Stream.of(keys).map(SigningKey::publicJwk).toList());
    server.on(JWKS, r -> Reply.json(200, set.toJson()));
  }

  /** Answers calls of a path so, with a signature that a test may have spoilt. */
  void answers(String path, int status, String body, UnaryOperator<HandSignature> change) {
    server.on(path, r -> signed(r, Reply.text(status, body), change));
  }

  /** A good answer. */
  void answers(String path) {
    answers(path, 200, BODY, made -> made);
  }

  /** The reply with the signature of an answer to this request. */
  Reply signed(Received request, Reply reply, UnaryOperator<HandSignature> change) {
    Reply digested =
        reply.body().isEmpty()
            ? reply
            : reply.with("Content-Digest", HandSignature.digest(reply.body().getBytes(UTF_8)));
    HandSignature signature = change.apply(signature(request, digested));
    return digested
        .with("Signature-Input", signature.input())
        .with("Signature", signature.signature());
  }

  private HandSignature signature(Received request, Reply reply) {
    HandSignature signature =
        HandSignature.by(SERVER, clock.instant(), "fapi-2-response")
            .covering("\"@status\"", Integer.toString(reply.status()));
    for (Map.Entry<String, String> field : reply.headers()) {
      if (field.getKey().equals("Content-Digest")) {
        signature = signature.covering("\"content-digest\"", field.getValue());
      }
    }
    signature =
        signature
            .covering("\"@method\";req", request.method())
            .covering("\"@target-uri\";req", target(request).toString());
    for (String name : List.of("content-digest", "signature-input", "signature")) {
      Optional<String> value = request.headers().first(name);
      if (value.isPresent()) {
        signature = signature.covering('"' + name + "\";req", value.get());
      }
    }
    return signature;
  }

  URI target(Received request) {
    return server.uri(request.path() + request.query().map(query -> "?" + query).orElse(""));
  }

  /** What the client's signature says of a request; empty if it is not this key's. */
  Optional<HandSignature.Read> read(SigningKey client, Received request) {
    return HandSignature.read(
        client.publicJwk(),
        request.headers().first("Signature-Input").orElse(""),
        request.headers().first("Signature").orElse(""),
        identifier ->
            switch (identifier) {
              case "\"@method\"" -> request.method();
              case "\"@target-uri\"" -> target(request).toString();
              default -> String.join(", ", request.headers().all(identifier.replace("\"", "")));
            });
  }

  @Override
  public void close() {
    server.close();
  }
}
