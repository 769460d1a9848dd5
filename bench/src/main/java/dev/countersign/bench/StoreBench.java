package dev.countersign.bench;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many durable operations the embedded store acknowledges a second, with 1, 16 and 128 callers.
 *
 * <p>Arguments: a directory on the disk in question, and the seconds each figure is measured for
 * after half of that to warm up (10 if left out).
 */
public final class StoreBench {

  private static final int[] CALLERS = {1, 16, 128};
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ClientId CLIENT = new ClientId("bench");
  private static final ResourceIndicator AUDIENCE = new ResourceIndicator("https://api.example/");
  private static final Subject PERSON = new Subject("person");
  private static final Thumbprint KEY =
      new Thumbprint("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  private static final AuthorizationRequest REQUEST =
      AuthorizationRequest.builder(
              CLIENT,
              new RedirectUri("https://client.example/callback"),
              new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
          .scope(new Scope(List.of("openid", "accounts")))
          .build();

  private StoreBench() {}

  /** Prints one line for each kind of operation and number of callers. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(Path.of(arguments[0]), "store-bench");
    Duration time = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 10);
    try (Store store = SqliteStore.open(directory.resolve("state.db"))) {
      SecretDigest refreshToken =
          new SeededGrants(store, RANDOM).grant(REQUEST, AUDIENCE, PERSON).digest();
      for (int callers : CALLERS) {
        measure("push a request, 2 keys", callers, time, () -> push(store));
        measure("refresh, 2 keys", callers, time, () -> refresh(store, refreshToken));
        measure("find by refresh token", callers, time, () -> find(store, refreshToken));
      }
    }
  }

  private static void measure(String what, int callers, Duration time, Runnable operation)
      throws InterruptedException {
    run(callers, time.dividedBy(2), operation);
    long started = System.nanoTime();
    long operations = run(callers, time, operation);
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf("%-24s %4d callers  %8.0f /s%n", what, callers, operations / seconds);
  }

  private static long run(int callers, Duration time, Runnable operation)
      throws InterruptedException {
    LongAdder done = new LongAdder();
    long end = System.nanoTime() + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (System.nanoTime() < end) {
                      operation.run();
                      done.increment();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return done.sum();
  }

  private static void push(Store store) {
    Instant now = Instant.now();
    PushedRequest request = new PushedRequest(digest(), REQUEST, false, now.plusSeconds(60));
    store.pushRequest(request, keys(now), now);
  }

  private static void refresh(Store store, SecretDigest refreshToken) {
    Instant now = Instant.now();
    store.refresh(refreshToken, accessToken(now), keys(now), now);
  }

  private static void find(Store store, SecretDigest refreshToken) {
    if (store.findByRefreshToken(refreshToken, Instant.now()).isEmpty()) {
      throw new IllegalStateException("The grant is gone");
    }
  }

  private static NewAccessToken accessToken(Instant now) {
    return new NewAccessToken(Jti.random(RANDOM), now.plusSeconds(300));
  }

  private static Set<OnceKey> keys(Instant now) {
    Instant until = now.plusSeconds(60);
    return Set.of(
        OnceKey.clientAssertion(CLIENT, Jti.random(RANDOM), until),
        OnceKey.dpopProof(KEY, Jti.random(RANDOM), until));
  }

  private static SecretDigest digest() {
    return SecretDigest.of(Jti.random(RANDOM).value());
  }
}
