package dev.countersign.server.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.store.Grant;
import dev.countersign.store.Login;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AudiencesTest {
  private static final ResourceIndicator A = new ResourceIndicator("https://a.example");
  private static final ResourceIndicator B = new ResourceIndicator("https://b.example");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final JwkSet KEYS =
      JwkSet.of(List.of(Jose.jdk().generate(SignatureAlgorithm.EDDSA, RANDOM).publicJwk()));

  private final Audiences audiences =
      new Audiences(
          List.of(
              new ResourceConfig(A, Scope.of("read", "write")),
              new ResourceConfig(B, Scope.of("read", "report"))));

  private static RegisteredClient client(Scope scope, ResourceIndicator... resources) {
    return new RegisteredClient(
        new ClientId("c"),
        "C",
        new ClientAuthentication.PrivateKeyJwt(Optional.empty()),
        SenderConstraint.DPOP,
        ClientKeys.of(KEYS),
        List.of(),
        Set.of(GrantType.CLIENT_CREDENTIALS),
        scope,
        List.of(resources),
        resources[0],
        Optional.empty(),
        Set.of(),
        MessageSigning.NONE);
  }

  private static void refused(OAuthError error, ThrowingCallable call) {
    RefusalException e = catchThrowableOfType(RefusalException.class, call);
    assertThat(e).as("nothing was refused").isNotNull();
    assertThat(((Refusal.OAuth) e.refusal()).error()).isEqualTo(error);
  }

  @Test
  @Requirement({"AT-5", "AT-6"})
  void withoutResourceDecidesForTheClientsDefault() {
    RegisteredClient client = client(Scope.of("openid", "read"), A, B);
    assertThat(audiences.decide(client, Scope.of("openid", "read"), List.of()))
        .isEqualTo(new Audience(Scope.of("openid", "read"), List.of(A)));
  }

  @Test
  @Requirement({"AT-5"})
  void refusesAScopeOfAnotherResourceThanTheDefault() {
    RegisteredClient client = client(Scope.of("read", "report"), A, B);
    refused(
        OAuthError.INVALID_SCOPE,
        () -> audiences.decide(client, Scope.of("read", "report"), List.of()));
    assertThat(audiences.decide(client, Scope.of("read", "report"), List.of(A, B)).resources())
        .containsExactly(A, B);
  }

  @Test
  @Requirement({"OA-11"})
  void refusesAResourceThatIsNotTheClients() {
    RegisteredClient client = client(Scope.of("read"), A);
    refused(
        OAuthError.INVALID_TARGET, () -> audiences.decide(client, Scope.of("read"), List.of(B)));
  }

  @Test
  @Requirement({"OA-11"})
  void narrowsToAResourceAndLeavesOutWhatMeansNothingThere() {
    Audience granted = new Audience(Scope.of("openid", "read", "write", "report"), List.of(A, B));
    assertThat(audiences.narrow(granted, Optional.empty(), List.of(B)))
        .isEqualTo(new Audience(Scope.of("openid", "read", "report"), List.of(B)));
  }

  @Test
  @Requirement({"OA-6"})
  void neverWidens() {
    Audience granted = new Audience(Scope.of("read"), List.of(A));
    refused(
        OAuthError.INVALID_SCOPE,
        () -> audiences.narrow(granted, Optional.of(Scope.of("read", "write")), List.of()));
    refused(
        OAuthError.INVALID_TARGET,
        () -> audiences.narrow(granted, Optional.empty(), List.of(A, B)));
  }

  @Test
  @Requirement({"PAR-13"})
  void leavesOfAGrantWhatTheClientMayStillDo() {
    Grant grant =
        new Grant(
            GrantId.random(RANDOM),
            new ClientId("c"),
            new Login(new Subject("u"), Instant.EPOCH, Optional.empty()),
            Scope.of("read", "write"),
            List.of(A, B),
            Instant.EPOCH);
    assertThat(audiences.stillAllowed(client(Scope.of("read"), A), grant))
        .isEqualTo(new Audience(Scope.of("read"), List.of(A)));
    ResourceIndicator other = new ResourceIndicator("https://c.example");
    refused(
        OAuthError.INVALID_GRANT,
        () -> audiences.stillAllowed(client(Scope.of("read"), other), grant));
  }
}
