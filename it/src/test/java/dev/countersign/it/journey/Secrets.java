package dev.countersign.it.journey;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.store.KeyRecord;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Collects what must not be found: all that went over the wire, and what somebody holds. */
final class Secrets {
  private static final Set<String> FORM_FIELDS =
      Set.of(
          "client_assertion",
          "code",
          "code_verifier",
          "refresh_token",
          "request_uri",
          "password",
          "token",
          "interaction",
          "state",
          "nonce");
  private static final Set<String> ANSWER_MEMBERS =
      Set.of("access_token", "refresh_token", "id_token", "request_uri");

  /** The authorization server gives these two back as they came, so it must keep them. */
  private static final Set<String> GIVEN_BACK = Set.of("state", "nonce");

  /** Long enough that nothing else looks like it, short enough that no cut one gets through. */
  private static final int TELLTALE = 20;

  private final Set<Secret> all = new LinkedHashSet<>();

  private Secrets() {}

  /**
   * A secret.
   *
   * @param kind what it is, to be told when it is found
   * @param place where it may stand for good reason: nowhere, or in the store
   */
  record Secret(String kind, String value, Place place) {

    /** Its telltale parts: the beginning, of a JWT the beginning of each part. */
    Stream<String> traces() {
      return Stream.of(value.replace("urn:ietf:params:oauth:request_uri:", "").split("\\."))
          .map(part -> part.substring(0, Math.min(TELLTALE, part.length())));
    }

    @Override
    public String toString() {
      return kind;
    }
  }

  /** Where a secret may stand. */
  enum Place {
    NOWHERE,
    STORE
  }

  /** Every secret of this world so far. */
  static Set<Secret> of(World world) {
    Secrets secrets = new Secrets();
    world.wire().all().forEach(secrets::addExchange);
    for (RawClient client : List.of(world.app(), world.other())) {
      secrets.addKey("authentication key of " + client.id().value(), client.key());
      secrets.addKey("DPoP key of " + client.id().value(), client.dpopKey());
    }
    secrets.add("password", world.password());
    String phc = world.passwordHash().phc();
    secrets.add("password hash", phc.substring(phc.lastIndexOf('$') + 1));
    secrets.add("session with the client", world.session().reveal());
    secrets.add("start token of the client", world.session().startToken());
    secrets.addTlsKey(world);
    secrets.addServerKeys(world);
    return secrets.all;
  }

  private void addExchange(Exchange exchange) {
    addFields(exchange.form());
    addFields(query(exchange.url()));
    exchange.header("Location").map(URI::create).map(Secrets::query).ifPresent(this::addFields);
    for (String member : ANSWER_MEMBERS) {
      exchange.member(member).ifPresent(value -> add(member, value));
    }
    for (String cookie : exchange.received().allValues("Set-Cookie")) {
      String pair = cookie.split(";", 2)[0];
      add("cookie", pair.substring(pair.indexOf('=') + 1));
    }
    exchange.header("DPoP-Nonce").ifPresent(nonce -> add("DPoP nonce", nonce));
    exchange.sent().allValues("DPoP").forEach(proof -> add("proof", proof));
    for (String credentials : exchange.sent().allValues("Authorization")) {
      add("presented token", credentials.substring(credentials.indexOf(' ') + 1));
    }
  }

  private static Form query(URI url) {
    return Form.parseQuery(Optional.ofNullable(url.getRawQuery()).orElse(""));
  }

  private void addFields(Form form) {
    form.names().stream()
        .filter(FORM_FIELDS::contains)
        .forEach(
            name -> {
              Place place = GIVEN_BACK.contains(name) ? Place.STORE : Place.NOWHERE;
              form.values(name).forEach(value -> all.add(new Secret(name, value, place)));
            });
  }

  private void addKey(String kind, SigningKey key) {
    add(kind, string(key.toPrivateJwk(), "d"));
  }

  private void addTlsKey(World world) {
    TestTls.pem("PRIVATE KEY", world.tls().key().getEncoded())
        .lines()
        .filter(line -> !line.startsWith("-") && line.length() >= TELLTALE)
        .forEach(line -> add("TLS key", line));
  }

  /** The server's own keys live in the store, for all its nodes and over restarts. */
  private void addServerKeys(World world) {
    addServerKeys(world, "signing-ES256", "d");
    addServerKeys(world, "dpop-nonce-as", "k");
    addServerKeys(world, "dpop-nonce-rs", "k");
    addServerKeys(world, "grant-handles", "k");
  }

  private void addServerKeys(World world, String purpose, String member) {
    KeyRecord none = new KeyRecord("none", JsonObject.builder().build(), Instant.now());
    for (KeyRecord key : world.store().keysOrCreate(purpose, List.of(none))) {
      all.add(new Secret(purpose, string(key.secret(), member), Place.STORE));
    }
  }

  private static String string(JsonObject jwk, String member) {
    try {
      return jwk.string(member).orElseThrow();
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private void add(String kind, String value) {
    all.add(new Secret(kind, value, Place.NOWHERE));
  }
}
