package dev.countersign.protocol.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.grants.GrantResource.ScopeEntry;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantResourceTest {
  private static final URI ENDPOINT = URI.create("https://as.example.com/grants");

  /** The example of section 6.4 with another name for the second member of scopes. */
  private static final String FULL =
      "{\"scopes\":[{\"scope\":\"contacts read\",\"resource\":[\"https://rs.example.com/api1\"]},"
          + "{\"scope\":\"openid\"}],\"claims\":[\"email\"],"
          + "\"authorization_details\":[{\"type\":\"account_information\","
          + "\"actions\":[\"list_accounts\"],\"locations\":[\"https://example.com/accounts\"]}],"
          + "\"created_at\":1356123600,\"last_updated_at\":1356123601,\"expires_at\":1356123900,"
          + "\"updated_by\":\"client\"}";

  @Test
  @Requirement({"GM-6.4-2", "GM-6.4-3"})
  void losesNothingOnTheWay() throws Exception {
    GrantResource grant = GrantResource.read(JsonObject.parse(FULL));
    assertThat(grant.scopes())
        .containsExactly(
            new ScopeEntry(
                Scope.of("contacts", "read"),
                List.of(new ResourceIndicator("https://rs.example.com/api1"))),
            new ScopeEntry(Scope.of("openid"), List.of()));
    assertThat(grant.claims()).containsExactly("email");
    assertThat(grant.authorizationDetails().ofType("account_information")).hasSize(1);
    assertThat(grant.createdAt()).contains(Instant.ofEpochSecond(1356123600));
    assertThat(grant.lastUpdatedAt()).contains(Instant.ofEpochSecond(1356123601));
    assertThat(grant.expiresAt()).contains(Instant.ofEpochSecond(1356123900));
    assertThat(grant.updatedBy()).contains(UpdatedBy.CLIENT);
    assertThat(grant.toJson().toJson()).isEqualTo(FULL);
  }

  @Test
  @Requirement({"GM-6.4-2", "GM-6.4-3"})
  void readsAnAnswerThatSaysNothing() throws Exception {
    GrantResource grant = GrantResource.read(JsonObject.parse("{}"));
    assertThat(grant)
        .isEqualTo(
            new GrantResource(
                List.of(),
                List.of(),
                AuthorizationDetails.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(grant.toJson().toJson()).isEqualTo("{\"scopes\":[]}");
  }

  @Test
  @Requirement({"GM-6.4-3", "GM-5.6.2-1"})
  void ignoresWhatALaterDraftMayAdd() throws Exception {
    GrantResource grant =
        GrantResource.read(JsonObject.parse("{\"updated_by\":\"operator\",\"status\":{\"x\":1}}"));
    assertThat(grant.updatedBy()).isEmpty();
    assertThat(UpdatedBy.of("authorization_server")).contains(UpdatedBy.AUTHORIZATION_SERVER);
  }

  @ParameterizedTest
  @Requirement({"GM-6.4-2", "GM-6.4-3"})
  @ValueSource(
      strings = {
        "{\"scopes\":\"contacts\"}",
        "{\"scopes\":[\"contacts\"]}",
        "{\"scopes\":[{}]}",
        "{\"scopes\":[{\"scope\":\"\"}]}",
        "{\"scopes\":[{\"scope\":\"a\",\"resource\":\"https://rs.example.com\"}]}",
        "{\"scopes\":[{\"scope\":\"a\",\"resource\":[\"no uri\"]}]}",
        "{\"claims\":[1]}",
        "{\"authorization_details\":[{}]}",
        "{\"created_at\":\"1356123600\"}",
        "{\"expires_at\":9223372036854775807}",
        "{\"updated_by\":1}"
      })
  void refusesMembersOfAnotherForm(String body) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> GrantResource.read(JsonObject.parse(body)));
  }

  @Test
  @Requirement({"GM-6.3-1"})
  void standsBelowTheEndpoint() {
    assertThat(GrantResource.url(ENDPOINT, new GrantId("TSdqirmAxDa0_-DB_1bASQ")))
        .isEqualTo(URI.create("https://as.example.com/grants/TSdqirmAxDa0_-DB_1bASQ"));
    assertThat(GrantResource.url(ENDPOINT, new GrantId("a.b~c")))
        .isEqualTo(URI.create("https://as.example.com/grants/a.b~c"));
  }

  @ParameterizedTest
  @Requirement({"GM-6.3-1", "GM-5.5-2"})
  @ValueSource(strings = {"..", ".", "a/b", "a?b", "a#b", "a%2Fb", "../x"})
  void asksNothingElseForAnIdThatWouldLeadThere(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GrantResource.url(ENDPOINT, new GrantId(id)))
        .withMessageContaining("GM-5.5-2");
  }

  @Test
  @Requirement({"GM-6.4-2"})
  void hasNoEntryWithoutScope() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScopeEntry(Scope.NONE, List.of()));
  }
}
