package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.details.ConsentTemplate;
import dev.countersign.server.details.TypeDefinition;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Grant;
import dev.countersign.store.Login;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final ResourceIndicator A = new ResourceIndicator("https://a.example.com");
  private static final ResourceIndicator B = new ResourceIndicator("https://b.example.com");
  private static final ConsentTemplate TEMPLATE =
      TypeDefinition.ready("account_information").consent();

  private static final AuthorizationDetail DETAIL =
      AuthorizationDetails.parse(
              "[{\"type\":\"account_information\",\"actions\":[\"list_accounts\"]}]")
          .list()
          .getFirst();

  private static Known.Existing existing() {
    Instant now = Instant.parse("2026-11-26T08:00:00Z");
    return new Known.Existing(
        GrantAction.MERGE,
        new Grant(
            new GrantId("g"),
            new ClientId("c"),
            new Login(new Subject("u"), now, Optional.empty()),
            Scope.NONE,
            List.of(A),
            AllowedClaims.NONE,
            AuthorizationDetails.of(DETAIL),
            now));
  }

  @Test
  @Requirement({"GM-5.2-4", "RAR-3.1-1"})
  void whatTheGrantHasIsNewAtAFurtherResource() {
    assertThat(Standing.of(DETAIL, TEMPLATE, existing(), List.of(A))).isEqualTo(Standing.BEFORE);
    assertThat(Standing.of(DETAIL, TEMPLATE, existing(), List.of(B))).isEqualTo(Standing.NEW);
    assertThat(Standing.of(DETAIL, TEMPLATE, existing(), List.of(A, B))).isEqualTo(Standing.NEW);
  }
}
