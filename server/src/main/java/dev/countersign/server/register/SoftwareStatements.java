package dev.countersign.server.register;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.config.SoftwareStatementRules;
import dev.countersign.server.config.SoftwareStatementRules.Trusted;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Judges software statements: JWTs in which somebody who is trusted here says what the software of
 * a client is (RFC 7591 section 2.3). What a statement says stands in the place of what the client
 * says (section 3.1.1), and the whole is judged as any metadata is: a statement opens nothing that
 * a client without one could not have.
 *
 * <p>A statement is judged when it comes, and not again: what became of it is stored, and the end
 * of its time ends no client. But a registration whose issuer is not trusted any more does not fit
 * the configuration any more. It may be used for any number of registrations, since RFC 7591
 * section 2.3 means it for all instances of a software.
 *
 * <p>Safe for any number of threads.
 */
public final class SoftwareStatements {
  private static final String STATEMENT = "software_statement";

  private final Jose jose;
  private final Issuer self;
  private final SoftwareStatementRules rules;
  private final KeysOfClients keys;

  /**
   * Judges by these rules.
   *
   * @param self what a statement must name in {@code aud} if it has one
   * @param keys where the keys of the issuers are; theirs alone
   */
  public SoftwareStatements(
      Jose jose, Issuer self, SoftwareStatementRules rules, KeysOfClients keys) {
    this.jose = jose;
    this.self = self;
    this.rules = rules;
    this.keys = keys;
  }

  /**
   * What counts of the metadata of a new registration.
   *
   * @throws RefusalException {@code invalid_software_statement} if it is none, {@code
   *     unapproved_software_statement} if it is not for us or by nobody who is trusted, {@code
   *     invalid_client_metadata} if there must be one and is none, {@code temporarily_unavailable}
   *     if the keys of its issuer cannot be had
   */
  @Enforces({"DC-2", "DC-3"})
  JsonObject ofNew(JsonObject sent, Instant now) {
    Optional<String> statement = statement(sent);
    if (statement.isEmpty() && rules.required()) {
      throw missing("is missing, and nobody registers without one");
    }
    return statement.isEmpty() ? sent : merged(sent, verified(statement.get(), now));
  }

  /**
   * What counts of the metadata that replace a registration. One that was made by a statement stays
   * under it: RFC 7592 section 2.2 wants all that was registered to be sent again, so the statement
   * as well. It comes unchanged, and is not judged by time again; or its issuer's newer word about
   * the same software comes in its place.
   *
   * @param registered what is registered until now
   * @throws RefusalException as {@link #ofNew}
   */
  @Enforces({"DC-2", "DC-3", "DC-4"})
  JsonObject ofReplacement(JsonObject sent, JsonObject registered, Instant now) {
    Optional<String> before = statement(registered);
    if (before.isEmpty()) {
      return ofNew(sent, now);
    }
    String statement =
        statement(sent)
            .orElseThrow(() -> missing("is missing, and the registration was made by one"));
    JsonObject known = known(before.get());
    if (statement.equals(before.get())) {
      return merged(sent, known);
    }
    JsonObject claims = verified(statement, now);
    StatementClaims.requireSuccessor(claims, known);
    return merged(sent, claims);
  }

  /** Refuses a registration by the statement of an issuer who is not trusted any more. */
  @Enforces({"DC-2"})
  void requireTrusted(JsonObject registered) {
    statement(registered).ifPresent(this::known);
  }

  /** Whether a registration was made by a statement that has all these members. */
  boolean say(JsonObject registered, Set<String> members) {
    return statement(registered)
        .filter(statement -> known(statement).names().containsAll(members))
        .isPresent();
  }

  /** What a statement said that was verified when it came. */
  private JsonObject known(String statement) {
    try {
      JsonObject claims = CompactJws.parse(statement).unverifiedClaims();
      issuer(claims);
      return claims;
    } catch (InvalidJwtException e) {
      throw invalid(e);
    }
  }

  @Enforces({"DC-2", "SP-5.4.1-1.1", "SP-5.4.1-1.2"})
  private JsonObject verified(String statement, Instant now) {
    try {
      CompactJws jws = CompactJws.parse(statement);
      // RFC 8725 section 3.12: an access token or an assertion of the same issuer is none.
      if (!jws.type().orElse("jwt").equals("jwt")) {
        throw new InvalidJwtException("DC-2", Refusal.mismatch("typ", jws.type(), "JWT or none"));
      }
      Trusted issuer = issuer(jws.unverifiedClaims());
      JsonObject claims = jose.verify(jws, keysOf(issuer, jws)).claims();
      StatementClaims.requireInTime(claims, issuer.maxAge(), now);
      StatementClaims.requireForUs(claims, self);
      return claims;
    } catch (InvalidJwtException e) {
      throw invalid(e);
    }
  }

  private Trusted issuer(JsonObject claims) throws InvalidJwtException {
    String iss = JwtClaims.of(claims, "DC-2").requiredString("iss");
    return rules
        .trusted(iss)
        .orElseThrow(
            () ->
                StatementClaims.unapproved(
                    Refusal.mismatch("iss", iss, "one who is trusted here")));
  }

  private JwkSet keysOf(Trusted issuer, CompactJws jws) {
    try {
      return keys.toVerify(issuer.keys(), jws.algorithm(), jws.kid());
    } catch (RemoteException e) {
      throw Refusal.oauth(
              OAuthError.TEMPORARILY_UNAVAILABLE,
              "SP-5.4.2-1",
              "the software_statement cannot be judged now")
          .withDetail("the keys of its issuer: " + e.getMessage())
          .exception();
    }
  }

  /** RFC 7591 section 3.1.1: the statement takes precedence, in whatever it says. */
  private static JsonObject merged(JsonObject sent, JsonObject claims) {
    Set<String> said = new HashSet<>(claims.names());
    said.remove(STATEMENT);
    Set<String> left = new HashSet<>(sent.names());
    left.removeAll(said);
    return JsonObject.builder().putAll(sent.only(left)).putAll(claims.only(said)).build();
  }

  private static Optional<String> statement(JsonObject metadata) {
    try {
      return metadata.string(STATEMENT);
    } catch (MalformedJsonException e) {
      throw Refused.because(OAuthError.INVALID_SOFTWARE_STATEMENT, STATEMENT, "is no text");
    }
  }

  /** The errors about statements speak of one that was sent; here a member is missing. */
  private static RefusalException missing(String fault) {
    return Refused.because(OAuthError.INVALID_CLIENT_METADATA, STATEMENT, fault);
  }

  private static RefusalException invalid(InvalidJwtException e) {
    return Refused.because(
        OAuthError.INVALID_SOFTWARE_STATEMENT,
        e.rule().value(),
        STATEMENT,
        "is refused: " + e.reason());
  }
}
