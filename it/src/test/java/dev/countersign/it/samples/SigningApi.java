package dev.countersign.it.samples;

// <sample signing>
import com.sun.net.httpserver.HttpExchange;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.resource.ClientSigningKeys;
import dev.countersign.resource.PublishedDocument;
import dev.countersign.resource.RequestBody;
import dev.countersign.resource.ResourceRequest;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.Verdict;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API that takes signed requests and signs its answers, on the HTTPS server of the JDK. */
public final class SigningApi {
  private static final Wanted ACCOUNTS = Wanted.of(Scope.of("accounts"));
  private static final int MAX_BYTES = 64 * 1024;

  private final ResourceServer guard;

  /**
   * An API behind a guard.
   *
   * @param guard as above, with a description, so that clients find the key of the API
   * @param clients the keys of clients, for instance {@code ClientSigningKeys.published(fetcher,
   *     clock, client -> Optional.ofNullable(jwksUris.get(client)))}
   * @param key signs the answers, and nothing else
   */
  public SigningApi(ResourceServer guard, ClientSigningKeys clients, SigningKey key) {
    this.guard = guard.httpSignatures(clients).signResponses(key);
  }

  /** Answers one request. */
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      Optional<PublishedDocument> document =
          guard.published(asked.getRawPath(), Optional.ofNullable(asked.getRawQuery()));
      if (document.isPresent()) {
        send(exchange, 200, document.get().headers(), document.get().body());
        return;
      }
      Verdict verdict =
          guard.judge(
              request(exchange), ACCOUNTS, RequestBody.of(exchange.getRequestBody(), MAX_BYTES));
      switch (verdict) {
        case Verdict.Admitted admitted -> {
          // What was checked, and nothing else is taken for the content.
          byte[] answer = answer(admitted.access().subject().value(), admitted.body().length);
          List<Map.Entry<String, String>> fields = new ArrayList<>(admitted.headers());
          fields.add(Map.entry("Content-Type", "application/json"));
          List<Map.Entry<String, String>> all = new ArrayList<>(fields);
          all.addAll(admitted.sign(200, fields, answer));
          send(exchange, 200, all, answer);
        }
        // It is signed.
        case Verdict.Refused refused ->
            send(exchange, refused.status(), refused.headers(), new byte[0]);
      }
    }
  }

  private static byte[] answer(String owner, int bytes) {
    return JsonObject.builder().put("owner", owner).put("bytes", (long) bytes).build().toBytes();
  }

  private static ResourceRequest request(HttpExchange exchange) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
    return new ResourceRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()),
        Headers.of(fields));
  }

  private static void send(
      HttpExchange exchange, int status, List<Map.Entry<String, String>> headers, byte[] content)
      throws IOException {
    headers.forEach(field -> exchange.getResponseHeaders().add(field.getKey(), field.getValue()));
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }
}
// </sample signing>
