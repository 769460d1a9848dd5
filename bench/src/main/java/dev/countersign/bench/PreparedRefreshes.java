package dev.countersign.bench;

import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RefreshToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes good token requests ahead, so that the client's signatures cost nothing while it counts.
 */
final class PreparedRefreshes {
  private static final URI TOKEN = URI.create(BenchScene.ISSUER.value() + "/token");

  private final BenchScene scene;
  private final Jose jose;
  private final SecureRandom random;
  private final HttpClient http;
  private final URI local;

  PreparedRefreshes(BenchScene scene, Jose jose, SecureRandom random, HttpClient http, int port) {
    this.scene = scene;
    this.jose = jose;
    this.random = random;
    this.http = http;
    this.local = URI.create("https://localhost:" + port + TOKEN.getPath());
  }

  /** So many requests, each good once, for the next minute. */
  List<HttpRequest> make(int count) throws IOException, InterruptedException {
    DpopNonce nonce = nonce();
    Instant now = Instant.now();
    return IntStream.range(0, count).mapToObj(i -> request(i, nonce, now)).toList();
  }

  private HttpRequest request(int number, DpopNonce nonce, Instant now) {
    List<RefreshToken> tokens = scene.refreshTokens();
    String assertion =
        ClientAssertion.create(
            jose, scene.key(), BenchScene.CLIENT, BenchScene.ISSUER, Jti.random(random), now);
    String proof =
        DpopProof.create(
            jose,
            scene.dpopKey(),
            "POST",
            TOKEN,
            Jti.random(random),
            now,
            Optional.empty(),
            Optional.of(nonce));
    Form form =
        Form.builder()
            .add("grant_type", "refresh_token")
            .add("refresh_token", tokens.get(number % tokens.size()).reveal())
            .add("client_assertion_type", ClientAssertion.TYPE)
            .add("client_assertion", assertion)
            .build();
    return post(form).header(DpopProof.HEADER, proof).build();
  }

  /** Every answer of the token endpoint brings one, a refusal too. */
  private DpopNonce nonce() throws IOException, InterruptedException {
    return http.send(post(Form.builder().build()).build(), BodyHandlers.discarding())
        .headers()
        .firstValue("DPoP-Nonce")
        .map(DpopNonce::new)
        .orElseThrow(() -> new IOException("the token endpoint gave no nonce"));
  }

  private HttpRequest.Builder post(Form form) {
    return HttpRequest.newBuilder(local)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form.encode()));
  }
}
