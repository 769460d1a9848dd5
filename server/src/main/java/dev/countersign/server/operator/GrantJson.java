package dev.countersign.server.operator;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A grant as an operator sees it: who gave what to whom, since when and until when. No tokens. */
final class GrantJson {
  private final People people;
  private final Clients clients;
  private final DetailTypes types;

  GrantJson(People people, Clients clients, DetailTypes types) {
    this.people = people;
    this.clients = clients;
    this.types = types;
  }

  /**
   * Times are seconds since 1970; what is not there is left out, and so is what authorization
   * details say of the person.
   */
  @Enforces({"RAR-13"})
  JsonObject of(GrantRecord record) {
    Grant grant = record.grant();
    return JsonObject.builder()
        .put("grant_id", grant.id().value())
        .put("client_id", grant.clientId().value())
        .put("client_name", clients.find(grant.clientId()).map(RegisteredClient::name))
        .put("sub", grant.login().subject().value())
        .put("username", people.username(grant.login().subject()))
        .put("scope", grant.scope().toString())
        .put("resources", grant.resources().stream().map(ResourceIndicator::value).toList())
        .put("claims", claims(grant.claims()))
        .put(AuthorizationDetails.NAME, types.redacted(grant.details()).member())
        .put("created_at", grant.createdAt().getEpochSecond())
        .put("last_updated_at", grant.updatedAt().getEpochSecond())
        .put("last_used_at", record.lastUsedAt().getEpochSecond())
        .put("expires_at", record.expiresAt().map(Instant::getEpochSecond))
        .build();
  }

  private static List<String> claims(AllowedClaims claims) {
    return Stream.concat(claims.idToken().stream(), claims.userinfo().stream()).distinct().toList();
  }
}
