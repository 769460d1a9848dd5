package dev.countersign.protocol.revocationfeed;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a revocation feed says. It has neither {@code sub} nor {@code nonce} and a {@code typ} of
 * its own, so that it can never pass as an access token or an ID token. Instants are written as
 * whole seconds, parts of a second are cut.
 *
 * @param iss whose grants they are
 * @param aud the one resource server that it is for
 * @param jti unique among the issuer's feeds
 * @param iat as of when it is true: all that ended before is in it
 * @param exp the first instant at which nobody relies on it any more; after {@code iat}. RFC 8417
 *     section 2.2 advises against it, since an event is history; this is the state of now
 * @param grants those that ended; in no order that means anything
 * @param clients those that are told as one; with the grants at most {@link #MOST_ENTRIES}
 */
public record FeedClaims(
    Issuer iss,
    ResourceIndicator aud,
    Jti jti,
    Instant iat,
    Instant exp,
    List<EndedGrant> grants,
    List<EndedClient> clients) {

  /** The {@code typ} (RFC 8417 section 2.3). */
  public static final String TYPE = "secevent+jwt";

  /** Its {@code Content-Type}. */
  public static final String MEDIA_TYPE = "application/secevent+jwt";

  /** The name of our event; a UUID, so that it is nobody else's (RFC 7519 section 2). */
  public static final String EVENT = "urn:uuid:61652cc8-8b2b-4c1c-9f35-67907ce6049d";

  /**
   * How many grants and clients a feed holds at most: our choice, far more than end within the life
   * of an access token. A feed of so many fits {@link FeedVerifier#MAX_LENGTH}.
   */
  public static final int MOST_ENTRIES = 100_000;

  static final String RULE = "SP-5.3.4-3";

  /** Copies the lists; refuses a feed that is too long or good for no time. */
  public FeedClaims {
    grants = List.copyOf(grants);
    clients = List.copyOf(clients);
    if (grants.size() + clients.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "FeedClaims.grants and clients must be at most 100000 (SP-5.3.4-3)");
    }
    if (!exp.isAfter(iat)) {
      throw new IllegalArgumentException("FeedClaims.exp must be after iat (SP-5.3.4-3)");
    }
  }

  /** The signed feed; the algorithm is the key's. */
  @Enforces({"SP-5.3.4-3", "GM-10-2", "RV-2"})
  public String sign(Jose jose, SigningKey key) {
    return jose.sign(JsonObject.builder().put("typ", TYPE).build(), toJson(), key);
  }

  private JsonObject toJson() {
    JsonObject event =
        JsonObject.builder()
            .put("grants", grants.stream().map(EndedGrant::toJson).toList())
            .put("clients", clients.stream().map(EndedClient::toJson).toList())
            .build();
    return JsonObject.builder()
        .put("iss", iss.value())
        .put("aud", aud.value())
        .put("jti", jti.value())
        .put("iat", iat.getEpochSecond())
        .put("exp", exp.getEpochSecond())
        .put("events", JsonObject.builder().put(EVENT, event).build())
        .build();
  }

  /** The claims of a feed whose signature is good, of this issuer and for this audience alone. */
  static FeedClaims read(JsonObject json, Issuer issuer, ResourceIndicator audience)
      throws InvalidJwtException, MalformedJsonException {
    JwtClaims claims = JwtClaims.of(json, RULE);
    if (!claims.requiredString("iss").equals(issuer.value())) {
      throw wrong("iss is not the expected issuer");
    }
    // Handles are for one audience: a feed for several would let them compare.
    if (!claims.audience().equals(List.of(audience.value()))) {
      throw wrong("aud is not this resource server alone");
    }
    // Other events beside it are ignored, as RFC 7519 section 4 has it of claims.
    JsonObject event =
        json.object("events")
            .orElseThrow(() -> wrong("events is missing"))
            .object(EVENT)
            .orElseThrow(() -> wrong("events does not hold ours"));
    List<EndedGrant> grants = new ArrayList<>();
    for (JsonObject grant : listed(event, "grants")) {
      grants.add(EndedGrant.read(grant));
    }
    List<EndedClient> clients = new ArrayList<>();
    for (JsonObject client : listed(event, "clients")) {
      clients.add(EndedClient.read(client));
    }
    return new FeedClaims(
        issuer,
        audience,
        new Jti(claims.requiredString("jti")),
        claims.requiredInstant("iat"),
        claims.requiredInstant("exp"),
        grants,
        clients);
  }

  /** Both must be there: what is left out by mistake must not mean that nothing ended. */
  private static List<JsonObject> listed(JsonObject event, String name)
      throws InvalidJwtException, MalformedJsonException {
    return event.objects(name).orElseThrow(() -> wrong("no list of " + name));
  }

  static InvalidJwtException wrong(String reason) {
    return new InvalidJwtException(RULE, reason);
  }
}
