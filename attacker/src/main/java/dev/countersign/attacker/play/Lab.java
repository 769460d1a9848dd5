package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestIntrospection;
import dev.countersign.attacker.deployment.TestListener;
import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.hostile.Listener;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that one performance of a recipe has at hand. What its {@link Need}s promise is there;
 * anything else is an {@link IllegalStateException}, a mistake of the recipe.
 */
public final class Lab implements AutoCloseable {
  private static final int BYTES_128 = 16;

  /** Of 90 seconds that something lives, and of the one after them. */
  private static final Duration MOST_WAITING = Duration.ofSeconds(91);

  private final Means means;
  private final Server server;
  private final Line line;
  private final Nonces nonces;
  private final SigningKey dpopKey;
  private Optional<Listener> listener = Optional.empty();

  /**
   * What all performances share.
   *
   * @param wire how the attacker speaks
   * @param clock the attacker's time
   * @param patience how it passes
   */
  public record Means(
      Target target,
      Wire wire,
      Jose jose,
      SecureRandom random,
      InstantSource clock,
      Patience patience) {}

  /** For one performance. */
  public Lab(Means means, Server server, Line line, Nonces nonces) {
    this.means = means;
    this.server = server;
    this.line = line;
    this.nonces = nonces;
    this.dpopKey = newKey();
  }

  /** The target. */
  public Target target() {
    return means.target();
  }

  /** The wire, for what is not HTTP. */
  public Wire wire() {
    return means.wire();
  }

  /** The authorization server. */
  public Server server() {
    return server;
  }

  /** The line of this performance. */
  public Line line() {
    return line;
  }

  /** Cryptography. */
  public Jose jose() {
    return means.jose();
  }

  /** Where all that is random comes from. */
  public SecureRandom random() {
    return means.random();
  }

  /** Now. */
  public Instant now() {
    return means.clock().instant();
  }

  Nonces nonces() {
    return nonces;
  }

  /** 128 random bits as base64url. */
  public String random128() {
    byte[] bytes = new byte[BYTES_128];
    means.random().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A key that nobody knows. */
  public SigningKey newKey() {
    return means.jose().generate(SignatureAlgorithm.ES256, means.random());
  }

  /** The first client, of any kind. */
  public Caller client() {
    return caller(0, _ -> true);
  }

  /** The second client, of any kind. */
  public Caller secondClient() {
    return caller(1, _ -> true);
  }

  /** The first client with {@code private_key_jwt}. */
  public Caller asserting() {
    return caller(0, Lab::assertsItself);
  }

  /** The second one. */
  public Caller secondAsserting() {
    return caller(1, Lab::assertsItself);
  }

  /** The first client that uses DPoP. */
  public Caller proving() {
    return caller(0, Lab::provesKey);
  }

  /** The second one. */
  public Caller secondProving() {
    return caller(1, Lab::provesKey);
  }

  /** The first client that authenticates by its certificate. */
  public Caller mutualTls() {
    return caller(0, Lab::showsCertificate);
  }

  /** The second one. */
  public Caller secondMutualTls() {
    return caller(1, Lab::showsCertificate);
  }

  /** The first client that signs its requests. */
  public Caller signingRequests() {
    return caller(0, TestClient::signsRequests);
  }

  /** The first client whose responses are signed. */
  public Caller signedResponses() {
    return caller(0, TestClient::signedResponses);
  }

  /** The first client that gets refresh tokens. */
  public Caller refreshing() {
    return caller(0, TestClient::refreshes);
  }

  /** A client by what it must be: the first such, counted from 0. */
  public Caller caller(int index, Predicate<TestClient> such) {
    TestClient client = nth(target().clients(), index, such);
    return new Caller(client, this, index == 0 ? dpopKey : newKey(), false);
  }

  static boolean assertsItself(TestClient client) {
    return client.authentication() == TestClient.Authentication.PRIVATE_KEY_JWT;
  }

  static boolean provesKey(TestClient client) {
    return !client.boundByCertificate();
  }

  static boolean showsCertificate(TestClient client) {
    return client.authentication().isByCertificate();
  }

  /** The person who is attacked. */
  public TestUser victim() {
    return nth(target().users(), 0, _ -> true);
  }

  /** The person whom the attacker can log in as. */
  public TestUser attacker() {
    return nth(target().users(), 1, _ -> true);
  }

  /** A browser without cookies. */
  public UserAgent browser() {
    Set<String> redirectUris = new HashSet<>();
    target().clients().forEach(client -> redirectUris.add(client.redirectUri().value()));
    Login login = login();
    return new UserAgent(line, redirectUris, login.hosts(), login);
  }

  private Login login() {
    return Login.at(target(), server);
  }

  /** The first resource whose requests need no signature. */
  public TestResource resource() {
    return nth(target().resources(), 0, resource -> !resource.signed());
  }

  /** The second one. */
  public TestResource secondResource() {
    return nth(target().resources(), 1, resource -> !resource.signed());
  }

  /** The first resource whose requests are signed. */
  public TestResource signedResource() {
    return nth(target().resources(), 0, TestResource::signed);
  }

  /**
   * Makes calls whose requests leave at the same moment, whatever the pace, and waits for all.
   *
   * @throws IOException if one of them has no answer
   */
  public List<Answer> inParallel(List<Callable<Answer>> calls) throws IOException {
    return means.wire().atOnce(calls);
  }

  /**
   * Where the attacker listens, from the first call until the performance ends.
   *
   * @throws IOException if the port cannot be listened on
   */
  public Listener listener() throws IOException {
    if (listener.isEmpty()) {
      TestListener where = target().listener().orElseThrow(Lab::notNeeded);
      listener = Optional.of(Listener.open(where, means.clock(), line::tell));
    }
    return listener.get();
  }

  @Override
  public void close() {
    listener.ifPresent(Listener::close);
  }

  /** The first client that is lured. */
  public ClientUnderTest clientUnderTest() {
    return clientUnderTest(_ -> true);
  }

  /** The first such client that is lured. */
  public ClientUnderTest clientUnderTest(Predicate<ClientUnderTest> such) {
    return nth(target().clientsUnderTest(), 0, such);
  }

  /**
   * A browser without cookies that also opens the client under test, the pages of the attacker and
   * what is answered to the client.
   *
   * @param lured the client
   * @param stops redirect URIs of the client that it does not open after all
   */
  public UserAgent luredBrowser(ClientUnderTest lured, URI... stops) throws IOException {
    Set<String> origins = new HashSet<>(login().hosts());
    Stream.of(
            lured.startHostile(),
            lured.startHonest(),
            lured.callbackHostile(),
            lured.callbackHonest(),
            lured.whoami(),
            listener().url())
        .map(Bounds::authority)
        .forEach(origins::add);
    Set<String> stop = Stream.of(stops).map(URI::toString).collect(Collectors.toSet());
    return new UserAgent(line, stop, origins, login());
  }

  private static IllegalStateException notNeeded() {
    return new IllegalStateException("the recipe did not say it needs that");
  }

  static List<JsonObject> details(String json) {
    try {
      return JsonObject.parseArray(json, JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("details in a request object must be an array", e);
    }
  }

  /**
   * Lets time pass until then.
   *
   * @throws NotApplicableException if that is longer than 91 seconds, or the target file is not for
   *     such recipes (key {@code heavy})
   * @throws IOException if somebody wants the attack to end
   */
  public void waitUntil(Instant then) throws IOException {
    Duration time = Duration.between(now(), then);
    if (!time.isPositive()) {
      return;
    }
    String would = "would wait " + time.plusMillis(999).toSeconds() + " s";
    if (time.compareTo(MOST_WAITING) > 0) {
      throw new NotApplicableException(would + ", which is longer than any recipe does");
    }
    if (!target().bounds().heavy()) {
      throw new NotApplicableException(would + "; heavy: true allows it");
    }
    try {
      means.patience().pass(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the attack was interrupted", e);
    }
  }

  /** The same laboratory, of which nobody takes down what is said: for much of the same. */
  public Lab unheard() {
    return new Lab(means, server, means.wire().line(_ -> {}), nonces);
  }

  private static <T> T nth(List<T> all, int index, Predicate<T> such) {
    Optional<T> found = all.stream().filter(such).skip(index).findFirst();
    return found.orElseThrow(Lab::notNeeded);
  }

  /** A client that the target file does not have, such as one that registered itself. */
  public Caller caller(TestClient client) {
    return new Caller(client, this, newKey(), false);
  }

  /** Who may introspect tokens: it authenticates as clients do, and does nothing else. */
  public Caller introspecting() {
    TestIntrospection who = target().introspection().orElseThrow(Lab::notNeeded);
    return caller(
        new TestClient(
            who.id(),
            TestClient.Authentication.PRIVATE_KEY_JWT,
            Optional.of(who.key()),
            Optional.empty(),
            false,
            client().client().redirectUri(),
            "",
            List.of(),
            Optional.empty(),
            false,
            false,
            false));
  }
}
