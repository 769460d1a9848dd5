package dev.countersign.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionRequest;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.introspection.IntrospectionVerifier;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the authorization server whether a token still stands, or what an opaque one allows (RFC
 * 7662), at the {@code introspection_endpoint} of its metadata. Each request to the API costs one
 * question, and a revocation counts at once, unless answers are {@linkplain #cachedFor cached}. If
 * the server cannot be asked, or answers anything but what an introspection endpoint answers,
 * nothing is served: {@link TokenStatusUnavailableException}.
 *
 * <p>Safe for any number of threads.
 */
public final class Introspection implements TokenStatus, OpaqueTokens {
  /** The longest time for which an answer may be cached: our choice, "shortly" in RFC 7662. */
  public static final Duration LONGEST_CACHED = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(Introspection.class);
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final RemoteIssuer issuer;
  private final HttpsExchange exchange;
  private final IntrospectionCaller caller;
  private final ResourceIndicator audience;
  private final Optional<Signed> signed;
  private final StatusCache cache;

  /** How signed answers are verified, and what becomes of them. */
  private record Signed(Jose jose, Optional<SignatureAlgorithm> only, EvidenceKeeper keeper) {}

  private Introspection(
      RemoteIssuer issuer,
      HttpsExchange exchange,
      IntrospectionCaller caller,
      ResourceIndicator audience,
      Optional<Signed> signed,
      StatusCache cache) {
    this.issuer = issuer;
    this.exchange = exchange;
    this.caller = caller;
    this.audience = audience;
    this.signed = signed;
    this.cache = cache;
  }

  /**
   * Asks at every request.
   *
   * @param issuer who issued the tokens
   * @param exchange over strict TLS, see {@link dev.countersign.remote.StrictTls}
   * @param caller who asks
   * @param audience what the caller is called in {@code aud}
   */
  public static Introspection of(
      RemoteIssuer issuer,
      HttpsExchange exchange,
      IntrospectionCaller caller,
      ResourceIndicator audience) {
    return new Introspection(
        issuer, exchange, caller, audience, Optional.empty(), new StatusCache(Duration.ZERO));
  }

  /**
   * The same, remembering for a while that a JWT stands, though never beyond its end. A revocation
   * then reaches this API up to so long after it happened. Of an opaque token nothing is
   * remembered.
   *
   * @param lifetime zero, which remembers nothing, to {@link #LONGEST_CACHED}
   */
  @Enforces("IN-4")
  public Introspection cachedFor(Duration lifetime) {
    if (lifetime.isNegative() || lifetime.compareTo(LONGEST_CACHED) > 0) {
      throw new IllegalArgumentException("Introspection.cachedFor must be 0 to 60 s (IN-4)");
    }
    return new Introspection(issuer, exchange, caller, audience, signed, new StatusCache(lifetime));
  }

  /**
   * The same, asking for signed answers and taking no others (RFC 9701), by the keys that the
   * issuer publishes and any of our algorithms. Message Signing section 5.5.2 demands it.
   *
   * @param jose verifies them
   */
  @Enforces({"IN-3", "MS-5.5.2-1"})
  public Introspection signed(Jose jose) {
    return with(new Signed(jose, Optional.empty(), keeper()));
  }

  /**
   * The same, by one algorithm alone.
   *
   * @param only the one that this resource server is registered for ({@code
   *     introspection_signed_response_alg})
   */
  @Enforces({"IN-3", "MS-5.5.2-1", "9701-9"})
  public Introspection signed(Jose jose, SignatureAlgorithm only) {
    return with(new Signed(jose, Optional.of(only), keeper()));
  }

  /**
   * The same, handing each signed answer on once it is verified. What is {@linkplain #cachedFor
   * cached} is no new answer.
   *
   * @throws IllegalStateException unless the answers are {@linkplain #signed(Jose) signed}
   */
  public Introspection keptBy(EvidenceKeeper keeper) {
    Signed how =
        signed.orElseThrow(
            () -> new IllegalStateException("Introspection.keptBy needs signed answers"));
    return with(new Signed(how.jose(), how.only(), keeper));
  }

  /** Who keeps the answers now. */
  private EvidenceKeeper keeper() {
    return signed.map(Signed::keeper).orElse(EvidenceKeeper.none());
  }

  /** What is remembered was told, verified and kept in another way, and does not count here. */
  @Enforces({"MS-5.5.2-1", "MS-5.5.2-2"})
  private Introspection with(Signed how) {
    return new Introspection(issuer, exchange, caller, audience, Optional.of(how), cache.empty());
  }

  @Override
  @Enforces({"SP-5.3.4-3", "IN-4"})
  public boolean stands(VerifiedAccessToken token, Instant now) {
    SecretDigest digest = token.token().digest();
    Optional<Boolean> known = cache.find(digest, now);
    if (known.isPresent()) {
      return known.get();
    }
    boolean stands = confirms(introspect(token.token(), now), token, now);
    cache.keep(digest, stands, now, token.claims().exp());
    return stands;
  }

  /** Asks, whatever is remembered. */
  @Override
  @Enforces({"IN-1", "IN-4", "MS-5.5.2-1", "9701-1"})
  public IntrospectionResponse introspect(AccessToken token, Instant now) {
    try {
      AuthorizationServerMetadata metadata = issuer.metadata();
      URI endpoint =
          caller
              .endpoint(metadata)
              .orElseThrow(() -> unavailable("the issuer's metadata names no endpoint"));
      Form question = IntrospectionRequest.of(token).toForm();
      Form proof = caller.authentication(metadata.issuer(), now);
      RemoteAnswer answer =
          exchange.send(
              HttpRequest.newBuilder(endpoint)
                  .header("Content-Type", FORM)
                  .header("Accept", signed.isPresent() ? IntrospectionJwt.MEDIA_TYPE : JSON)
                  .POST(BodyPublishers.ofString(question.encode() + "&" + proof.encode()))
                  .build());
      if (answer.status() != 200) {
        throw unavailable("the endpoint answered " + answer.status());
      }
      return signed.isPresent()
          ? verified(signed.get(), answer, token, metadata.issuer(), now)
          : IntrospectionResponse.read(answer.json());
    } catch (InvalidJwtException e) {
      throw unavailable("the signed answer is not good: " + e.reason());
    } catch (RemoteException e) {
      throw unavailable("no answer: " + e.getMessage());
    } catch (MalformedJsonException e) {
      throw unavailable("the endpoint answered wrongly: " + e.reason());
    }
  }

  /** An answer that is not signed is none to who asked for signed ones. */
  @Enforces({"IN-3", "MS-5.5.2-2", "9701-9"})
  private IntrospectionResponse verified(
      Signed how, RemoteAnswer answer, AccessToken token, Issuer expected, Instant now)
      throws InvalidJwtException, RemoteException, MalformedJsonException {
    String text = new String(answer.body(), US_ASCII);
    CompactJws jwt = IntrospectionJwt.parse(text);
    if (how.only().filter(only -> only != jwt.algorithm()).isPresent()) {
      throw new InvalidJwtException(
          "9701-9",
          Refusal.mismatch("alg", jwt.algorithm().joseName(), how.only().get().joseName()));
    }
    JwkSet keys = issuer.forKid(jwt.algorithm(), jwt.kid());
    IntrospectionResponse said =
        IntrospectionJwt.verify(how.jose(), jwt, keys, expected, caller.id(), now);
    how.keeper()
        .keep(
            new IntrospectionEvidence(
                text, JwkSet.of(keys.select(jwt.algorithm(), jwt.kid())), token.digest(), now));
    return said;
  }

  /** Whether the answer says that this very token stands, here and now. */
  private boolean confirms(IntrospectionResponse answer, VerifiedAccessToken token, Instant now) {
    if (answer instanceof IntrospectionResponse.Inactive) {
      return false;
    }
    IntrospectionVerifier verifier =
        new IntrospectionVerifier(
            token.claims().iss(), audience.value(), AccessTokenVerifier.DEFAULT_LEEWAY);
    try {
      if (verifier.verify(answer, now).isAbout(token.claims())) {
        return true;
      }
      throw unavailable("the answer is about another token");
    } catch (RefusalException e) {
      throw unavailable("the answer contradicts the token: " + e.refusal().detail().orElse(""));
    }
  }

  private static TokenStatusUnavailableException unavailable(String why) {
    log.warn("introspection: {}", why);
    return new TokenStatusUnavailableException("introspection: " + why);
  }
}
