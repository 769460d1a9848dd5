package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.NewConsent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table {@code consents}. */
final class ConsentRows {

  private static final String REMEMBER =
      """
      INSERT INTO consents (subject, client_id, kind, resource, name, forget_at)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET forget_at = max(forget_at, excluded.forget_at)\
      """;

  private static final String FIND =
      """
      SELECT kind, resource, name FROM consents
      WHERE subject = ? AND client_id = ? AND forget_at > ?\
      """;

  private static final String FORGET = "DELETE FROM consents WHERE subject = ? AND client_id = ?";

  private static final String FORGET_ALL = "DELETE FROM consents WHERE client_id = ?";

  /** What a row stands for. */
  private enum Kind {
    RESOURCE,
    SCOPE,
    CLAIM,
    LASTING
  }

  private ConsentRows() {}

  static void remember(Sql sql, Grant grant, NewConsent consent) throws SQLException {
    for (Part part : parts(consent.allowed())) {
      sql.update(
          REMEMBER,
          grant.login().subject().value(),
          grant.clientId().value(),
          part.kind().name(),
          part.resource(),
          part.name(),
          consent.expiresAt());
    }
  }

  static Consent find(Sql sql, Subject person, ClientId client, Instant now) throws SQLException {
    Map<ResourceIndicator, Set<String>> scopes = new LinkedHashMap<>();
    Set<String> claims = new HashSet<>();
    boolean lasting = false;
    for (Part part : sql.all(FIND, ConsentRows::read, person.value(), client.value(), now)) {
      switch (part.kind()) {
        case RESOURCE -> at(scopes, part);
        case SCOPE -> at(scopes, part).add(part.name());
        case CLAIM -> claims.add(part.name());
        case LASTING -> lasting = true;
      }
    }
    return new Consent(scopes, claims, lasting);
  }

  static void forget(Sql sql, Subject person, ClientId client) throws SQLException {
    sql.update(FORGET, person.value(), client.value());
  }

  static void forgetAll(Sql sql, ClientId client) throws SQLException {
    sql.update(FORGET_ALL, client.value());
  }

  private static Set<String> at(Map<ResourceIndicator, Set<String>> scopes, Part part) {
    return scopes.computeIfAbsent(new ResourceIndicator(part.resource()), _ -> new HashSet<>());
  }

  /** One row, apart from whose it is and how long it lasts. */
  private record Part(Kind kind, String resource, String name) {}

  private static List<Part> parts(Consent allowed) {
    List<Part> parts = new ArrayList<>();
    allowed
        .scopes()
        .forEach(
            (resource, scope) -> {
              parts.add(new Part(Kind.RESOURCE, resource.value(), ""));
              scope.forEach(value -> parts.add(new Part(Kind.SCOPE, resource.value(), value)));
            });
    allowed.claims().forEach(claim -> parts.add(new Part(Kind.CLAIM, "", claim)));
    if (allowed.lasting()) {
      parts.add(new Part(Kind.LASTING, "", ""));
    }
    return parts;
  }

  private static Part read(Row row) throws SQLException {
    return new Part(Kind.valueOf(row.text("kind")), row.text("resource"), row.text("name"));
  }
}
