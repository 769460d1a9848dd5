package dev.countersign.store.sql;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantVersion;
import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A grant in the columns of {@code grants} and {@code codes}. */
final class GrantColumns {

  /** Those that never change. */
  private static final String WHOSE = "grant_id, client_id, subject";

  /** The others. */
  static final String WHAT =
      """
      auth_time, acr, scope, resources, claims, details, created_at, updated_at, revision,
        generation\
      """;

  /** A place for each value of {@link #WHAT}. */
  static final String PLACES_OF_WHAT = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

  /** All of them. */
  static final String NAMES = WHOSE + ", " + WHAT;

  /** A place for each value of {@link #NAMES}. */
  static final String PLACES = "?, ?, ?, " + PLACES_OF_WHAT;

  private static final String ID_TOKEN = "id_token";
  private static final String USERINFO = "userinfo";
  private static final String NO_DETAILS = AuthorizationDetails.NONE.toJson();

  /** What comes from a message was bounded when it came, and a merged grant by who merged it. */
  static final JsonLimits KEPT = new JsonLimits(16 * 1024 * 1024, 16);

  private GrantColumns() {}

  /** Of {@link #NAMES}, then others. */
  static Object[] values(Grant grant, Object... others) {
    return Stream.of(whose(grant), what(grant), Stream.of(others)).flatMap(part -> part).toArray();
  }

  /** Of {@link #WHAT}, then others, then of which grant, client and person. */
  static Object[] valuesOfWhat(Grant grant, Object... others) {
    return Stream.of(what(grant), Stream.of(others), whose(grant)).flatMap(part -> part).toArray();
  }

  private static Stream<Object> whose(Grant grant) {
    return Stream.of(grant.id().value(), grant.clientId().value(), grant.login().subject().value());
  }

  private static Stream<Object> what(Grant grant) {
    return Stream.of(
        grant.login().authTime(),
        grant.login().acr(),
        grant.scope().toString(),
        text(grant.resources()),
        text(grant.claims()),
        grant.details().toJson(),
        grant.createdAt(),
        grant.updatedAt(),
        grant.version().revision(),
        grant.version().generation());
  }

  static Grant read(Row row) throws SQLException {
    String scope = row.text("scope");
    return new Grant(
        new GrantId(row.text("grant_id")),
        new ClientId(row.text("client_id")),
        InteractionRows.login(row),
        scope.isEmpty() ? Scope.NONE : new Scope(List.of(scope.split(" ", -1))),
        resources(row.text("resources")),
        claims(row.text("claims")),
        details(row.text("details")),
        row.instant("created_at"),
        row.instant("updated_at"),
        new GrantVersion(row.number("revision"), row.number("generation")));
  }

  /** Separated by spaces, which no URI contains. */
  static String text(List<ResourceIndicator> resources) {
    return resources.stream().map(ResourceIndicator::value).collect(Collectors.joining(" "));
  }

  private static List<ResourceIndicator> resources(String text) {
    return Arrays.stream(text.split(" ")).map(ResourceIndicator::new).toList();
  }

  /** As JSON, since a claim may have any name. */
  private static String text(AllowedClaims claims) {
    return JsonObject.builder()
        .put(ID_TOKEN, claims.idToken())
        .put(USERINFO, claims.userinfo())
        .build()
        .toJson();
  }

  private static AllowedClaims claims(String text) {
    try {
      JsonObject json = JsonObject.parse(text);
      return new AllowedClaims(
          json.strings(ID_TOKEN).orElse(List.of()), json.strings(USERINFO).orElse(List.of()));
    } catch (MalformedJsonException e) {
      throw new StoreException("The stored claims of a grant cannot be read", e);
    }
  }

  private static AuthorizationDetails details(String text) {
    if (text.equals(NO_DETAILS)) {
      return AuthorizationDetails.NONE;
    }
    try {
      return AuthorizationDetails.of(JsonObject.parseArray(text, KEPT));
    } catch (MalformedJsonException e) {
      throw new StoreException("The stored authorization details of a grant cannot be read", e);
    }
  }
}
