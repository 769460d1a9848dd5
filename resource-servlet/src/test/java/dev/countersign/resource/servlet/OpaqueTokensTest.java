package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.Container.send;
import static dev.countersign.resource.servlet.Issued.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.TokenStatusUnavailableException;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Opaque tokens in a servlet container, of which the issuer says what a test has it say. */
@Requirement({"SP-5.3.4-3", "IN-4"})
class OpaqueTokensTest {
  private final AccessToken token = AccessToken.random(Issued.RANDOM);
  private Optional<IntrospectionResponse> answer = Optional.empty();
  private Container container;

  @BeforeEach
  void start() throws Exception {
    ResourceFilter filter =
        new ResourceFilter(
            Issued.guard()
                .takingOpaque(
                    (presented, now) ->
                        answer.orElseThrow(
                            () -> new TokenStatusUnavailableException("nobody answers"))),
            ACCOUNTS);
    container =
        Container.with(
            content -> {
              content.filter("/*", filter, DispatcherType.REQUEST);
              content.servlet("/accounts/*", Pages.accounts());
            });
  }

  @AfterEach
  void stop() {
    container.close();
  }

  private HttpResponse<String> call() throws Exception {
    return send(
        container
            .request("/accounts")
            .header("Authorization", "DPoP " + token.reveal())
            .header("DPoP", Issued.proof("GET", "/accounts", token)));
  }

  @Test
  void letsThroughWhatTheIssuerSaysStandsAndNothingElse() throws Exception {
    AccessTokenClaims claims = Issued.claims();
    answer =
        Optional.of(
            IntrospectionResponse.Active.of(
                claims,
                claims.aud(),
                claims.scope(),
                claims.authorizationDetails(),
                claims.grantHandles()));
    HttpResponse<String> admitted = call();
    assertThat(admitted.statusCode()).isEqualTo(200);
    assertThat(admitted.body()).startsWith("anna app ");

    answer = Optional.empty();
    assertThat(call().statusCode()).isEqualTo(503);
    answer = Optional.of(new IntrospectionResponse.Inactive());
    assertThat(call().statusCode()).isEqualTo(401);
  }
}
