package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.hostile.Listener;
import dev.countersign.attacker.play.Lab;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A resource of the attacker's, beside its authorization server. It takes every token, signs its
 * answers and says in its metadata (RFC 9728) by which key, as it should, until it is told
 * otherwise. May be used by any thread.
 */
final class HostileResource {
  private static final String METADATA = "/.well-known/oauth-protected-resource";
  private static final String KEYS = "/resource-jwks";

  private final Lab lab;
  private final Listener listener;
  private final SigningKey key;
  private volatile UnaryOperator<JsonObject> metadata = UnaryOperator.identity();
  private volatile Function<RequestMessage, HttpResponse> answer;

  HostileResource(Lab lab) throws IOException {
    this.lab = lab;
    this.listener = lab.listener();
    this.key = lab.newKey();
    this.answer = request -> signed(request, "");
    listener.serve(METADATA, _ -> metadata(listener.url()));
    listener.serve(METADATA + ClientUnderTest.RESOURCE_PATH, _ -> metadata(url()));
    listener.serve(KEYS, _ -> HttpResponse.json(200, JwkSet.of(List.of(key.publicJwk())).toJson()));
    listener.serve(ClientUnderTest.RESOURCE_PATH, this::answer);
  }

  URI url() {
    return ClientUnderTest.hostileResource(listener.url());
  }

  SigningKey key() {
    return key;
  }

  /** Says this of itself from now on, in place of what is right. */
  void describe(UnaryOperator<JsonObject> change) {
    metadata = change;
  }

  /** Answers so from now on. */
  void play(Function<RequestMessage, HttpResponse> other) {
    answer = other;
  }

  /** How often somebody read it. */
  int read() {
    return listener.received(ClientUnderTest.RESOURCE_PATH).size();
  }

  /** How often somebody asked for its metadata. */
  int described() {
    return (int)
        listener.received().stream().filter(one -> one.path().startsWith(METADATA)).count();
  }

  /** The right answer to a request. */
  HttpResponse signed(RequestMessage request, String said) {
    return signed(200, request, said, key);
  }

  /** An answer with a status, to a request, by a key. */
  HttpResponse signed(int status, RequestMessage request, String said, SigningKey by) {
    HttpResponse plain = plain(status, said);
    return with(
        plain,
        FapiResponseSignature.sign(
            lab.jose(), by, message(plain, request), List.of(), plain.body(), lab.now()));
  }

  /** The answer without a signature. */
  static HttpResponse plain(int status, String said) {
    return HttpResponse.json(status, JsonObject.builder().put("said", said).build())
        .with("Cache-Control", "no-store");
  }

  /** As a signature sees it. */
  static ResponseMessage message(HttpResponse response, RequestMessage request) {
    List<Map.Entry<String, String>> fields =
        response.headers().stream().map(one -> Map.entry(one.name(), one.value())).toList();
    return ResponseMessage.of(response.status(), Headers.of(fields), request);
  }

  static HttpResponse with(HttpResponse response, List<Map.Entry<String, String>> fields) {
    HttpResponse more = response;
    for (Map.Entry<String, String> field : fields) {
      more = more.with(field.getKey(), field.getValue());
    }
    return more;
  }

  private HttpResponse metadata(URI resource) {
    JsonObject right =
        JsonObject.builder()
            .put("resource", resource.toString())
            .put("authorization_servers", List.of(listener.url().toString()))
            .put("jwks_uri", listener.at(KEYS).toString())
            .put("bearer_methods_supported", List.of("header"))
            .build();
    return HttpResponse.json(200, metadata.apply(right));
  }

  private HttpResponse answer(HttpRequest request) {
    String query = request.query().map(text -> "?" + text).orElse("");
    URI target = URI.create(listener.url() + request.path() + query);
    return answer.apply(RequestMessage.of(request.method(), target, request.headers()));
  }
}
