package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a pushed request with authorization details to an API that serves by them (RFC 9396). */
@Requirement({"RAR-7-1", "RAR-9-1"})
class RichAuthorizationJourneyTest {
  private static final String ASKED =
      """
      [{"type":"account_information","actions":["list_accounts","read_balances"]}]\
      """;
  private static final String ACCOUNTS =
      """
      [{"type":"account_information","actions":["list_accounts","read_balances"],\
      "accounts":[{"iban":"DE89370400440532013000"}]}]\
      """;
  private static final String HEALTH =
      """
      [{"type":"health_record_access","actions":["read"],"datatypes":["medications"],\
      "purpose":"treatment"}]\
      """;
  private static final String TYPES =
      "authorization_details_types: [account_information, health_record_access]";

  /** The configuration with types, for the client, and with an account of the person. */
  private static String withTypes(String yaml) {
    return yaml.replace("clients:\n", TYPES + "\nclients:\n")
        .replace(
            "    scope: openid profile accounts\n",
            "    scope: openid profile accounts\n    " + TYPES + "\n")
        .replace(
            "claims: {name: Anna Sund}}",
            "claims: {name: Anna Sund}, choices: {accounts:"
                + " [{label: Salary, value: {iban: DE89370400440532013000}}]}}");
  }

  /** Everybody, and a bank that asks. */
  private record Stage(World world, Bank bank) implements AutoCloseable {
    static Stage open(Path folder, RefusedAtOnceTest.Way way) {
      World world = new World(folder, Jose.jdk());
      world.restartServer(RichAuthorizationJourneyTest::withTypes);
      world.stopBank();
      return new Stage(
          world,
          Bank.open(
              world.tls(),
              world.jose(),
              world.issuer(),
              world.bankUrl(),
              world.random(),
              way.of(world)));
    }

    /** The tokens of a request with these details that the person allows. */
    Exchange tokens(String details) {
      RawClient app = world.app();
      CodeVerifier verifier = CodeVerifier.random(world.random());
      Form.Builder request = Form.builder();
      Form plain = app.authorizationRequest(verifier);
      plain.names().forEach(name -> request.add(name, plain.required(name)));
      request.add("authorization_details", details);
      Exchange pushed =
          app.post(world.metadata().parEndpoint().orElseThrow(), request.build(), app.nonce());
      assertThat(pushed.outcome()).isEqualTo("201");
      URI authorize =
          URI.create(
              world.metadata().authorizationEndpoint().orElseThrow()
                  + "?client_id="
                  + app.id().value()
                  + "&request_uri="
                  + pushed.member("request_uri").orElseThrow());
      String code =
          Form.parseQuery(world.agreed(authorize, world.password()).getRawQuery()).required("code");
      Exchange tokens = app.post(app.tokenEndpoint(), app.codeRequest(code, verifier), app.nonce());
      assertThat(tokens.outcome()).isEqualTo("200");
      return tokens;
    }

    Exchange bank(Exchange tokens) {
      return world.app().get(world.accounts(), access(tokens));
    }

    @Override
    public void close() {
      bank.close();
      world.close();
    }
  }

  private static AccessToken access(Exchange tokens) {
    return new AccessToken(tokens.member("access_token").orElseThrow());
  }

  private static AuthorizationDetails details(Exchange exchange) {
    try {
      return AuthorizationDetails.read(exchange.json());
    } catch (MalformedJsonException e) {
      throw new AssertionError(exchange.answer(), e);
    }
  }

  @Test
  @Requirement({"RAR-7.1-1", "RAR-9.1-1", "RAR-6-1", "RAR-6-2", "ATT-82"})
  void aJwtCarriesThemToTheBankAndNeverMoreThanWasGranted(@TempDir Path folder) {
    try (Stage stage = Stage.open(folder, RefusedAtOnceTest.Way.INTROSPECTION)) {
      Exchange tokens = stage.tokens(ASKED);
      // With the account that the person has and chose.
      assertThat(details(tokens)).isEqualTo(AuthorizationDetails.parse(ACCOUNTS));
      assertThat(access(tokens).isOpaque()).isFalse();
      Exchange served = stage.bank(tokens);
      assertThat(served.status()).isEqualTo(200);
      assertThat(details(served)).isEqualTo(AuthorizationDetails.parse(ACCOUNTS));

      String less = ACCOUNTS.replace(",\"read_balances\"", "");
      Exchange narrowed = refresh(stage, tokens, less);
      assertThat(details(narrowed)).isEqualTo(AuthorizationDetails.parse(less));
      assertThat(details(stage.bank(narrowed))).isEqualTo(AuthorizationDetails.parse(less));
      String more = ACCOUNTS.replace("read_balances", "read_transactions");
      assertThat(refresh(stage, tokens, more).outcome())
          .isEqualTo("400 invalid_authorization_details");
    }
  }

  private static Exchange refresh(Stage stage, Exchange tokens, String details) {
    return stage
        .world()
        .app()
        .token(
            Form.builder()
                .add("grant_type", "refresh_token")
                .add("refresh_token", tokens.member("refresh_token").orElseThrow())
                .add("authorization_details", details)
                .build());
  }

  @ParameterizedTest
  @EnumSource(RefusedAtOnceTest.Way.class)
  @Requirement({"RAR-9.2-1", "SP-5.3.4-3", "IN-4", "RV-1", "RV-2"})
  void anOpaqueTokenServesUntilTheMomentInWhichItIsRevoked(
      RefusedAtOnceTest.Way way, @TempDir Path folder) {
    try (Stage stage = Stage.open(folder, way)) {
      Exchange tokens = stage.tokens(HEALTH);
      assertThat(access(tokens).isOpaque()).isTrue();
      assertThat(details(tokens)).isEqualTo(AuthorizationDetails.parse(HEALTH));
      Exchange served = stage.bank(tokens);
      assertThat(served.status()).isEqualTo(200);
      assertThat(served.member("owner")).isEqualTo(Optional.of(World.SUBJECT));
      assertThat(details(served)).isEqualTo(AuthorizationDetails.parse(HEALTH));
      assertThat(stage.world().app().userinfo(access(tokens)).status()).isEqualTo(200);

      RawClient app = stage.world().app();
      URI revoke = stage.world().metadata().revocationEndpoint().orElseThrow();
      Form form = Form.builder().add("token", access(tokens).reveal()).build();
      assertThat(app.postPlainly(revoke, app.authenticated(form)).status()).isEqualTo(200);

      assertThat(List.of(stage.bank(tokens), app.userinfo(access(tokens))))
          .allSatisfy(
              refused -> {
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.header("WWW-Authenticate").orElseThrow())
                    .contains("invalid_token");
              });
    }
  }
}
