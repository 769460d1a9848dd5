package dev.countersign.it.samples;

// <sample api>
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.IssuerKeys;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceRequest;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.Verdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** An API for accounts, on the HTTPS server of the JDK. */
public final class AccountsApi {
  private static final Scope ACCOUNTS = Scope.of("accounts");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ResourceServer guard;

  /**
   * The guard of this API.
   *
   * @param issuer whose tokens are taken
   * @param self how the world addresses this API, also its name in tokens
   * @param trust which authorities are trusted to vouch for the issuer
   */
  public AccountsApi(Issuer issuer, URI self, SSLContext trust) {
    InstantSource clock = InstantSource.system();
    Freshness freshness =
        new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofHours(1));
    HttpsFetcher fetcher =
        new HttpsFetcher(StrictTls.httpClient(trust, TIMEOUT), TIMEOUT, 64 * 1024);
    Jose jose = Jose.jdk();
    SecureRandom random = new SecureRandom();
    byte[] nonceKey = new byte[32];
    random.nextBytes(nonceKey);
    guard =
        ResourceServer.of(
            new ResourceServer.Settings(
                issuer,
                new ResourceIndicator(self.toString()),
                new PublicUrl(self),
                new Nonces.On(
                    new DpopNonces(jose, "rs", List.of(nonceKey), Duration.ofMinutes(5), random))),
            jose,
            IssuerKeys.of(new RemoteIssuer(fetcher, issuer, clock, freshness)),
            new InMemoryProofReplays(clock.instant()),
            clock);
  }

  /** Listens on this address. */
  public HttpsServer start(InetSocketAddress address, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/accounts", this::handle);
    server.start();
    return server;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Verdict verdict = guard.judge(request(exchange), ACCOUNTS);
      // They belong on the answer in either case.
      for (Map.Entry<String, String> header : verdict.headers()) {
        exchange.getResponseHeaders().add(header.getKey(), header.getValue());
      }
      switch (verdict) {
        case Verdict.Admitted admitted -> {
          String owner = admitted.access().subject().value();
          byte[] body = JsonObject.builder().put("owner", owner).build().toBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        }
        case Verdict.Refused refused -> exchange.sendResponseHeaders(refused.status(), -1);
      }
    }
  }

  private static ResourceRequest request(HttpExchange exchange) {
    Stream<Map.Entry<String, String>> headers =
        exchange.getRequestHeaders().entrySet().stream()
            .flatMap(field -> field.getValue().stream().map(v -> Map.entry(field.getKey(), v)));
    List<Map.Entry<String, String>> all = headers.toList();
    URI uri = exchange.getRequestURI();
    return new ResourceRequest(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()),
        Headers.of(all));
  }
}
// </sample api>
