package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.GrantManagementMetadata;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server where every authorization request must name an action. */
class RequiredActionTest extends ManagedGrantsTest {

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replace(
            "grant_management: {enabled: true}",
            "grant_management: {enabled: true, action_required: true}");
  }

  @Test
  @Requirement({"GM-5.4-4", "GM-7.1-3"})
  void refusesARequestWithoutOne() {
    Reply reply = server.app().push(request());
    assertThat(reply.outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("GM-5.4-4");
    assertThat(server.app().push(create(request())).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"GM-7.1-1", "GM-7.1-2", "GM-7.1-3", "GM-6.2-1"})
  void saysSoInItsMetadata() throws Exception {
    Reply reply = server.get(server.url("/.well-known/openid-configuration"));
    AuthorizationServerMetadata metadata =
        AuthorizationServerMetadata.parse(reply.json(), TestServer.ISSUER);
    assertThat(metadata.grantManagement())
        .isEqualTo(
            new GrantManagementMetadata(
                List.of("query", "revoke", "create", "merge", "replace"),
                Optional.of(server.url("/grants")),
                true));
    assertThat(metadata.scopesSupported())
        .contains("grant_management_query", "grant_management_revoke");
  }
}
