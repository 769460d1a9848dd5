package dev.countersign.it.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.it.samples.KeepingApi;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.Introspection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bank of which Message Signing is demanded, at the server that demands it. */
@Requirement({"MS-5.5.1-1", "MS-5.5.2-1", "MS-5.5.2-2"})
class SignedIntrospectionJourneyTest {
  private static final String ANNA =
      "claims: {name: Anna Sund}, choices: {accounts:"
          + " [{label: Salary, value: {iban: DE89370400440532013000}}]}}";

  @TempDir private Path folder;

  private World strict() {
    World world = new World(folder, Jose.jdk());
    world.stopBank();
    world.restartServer(SignedIntrospectionJourneyTest::strict);
    return world;
  }

  private static String strict(String yaml) {
    return yaml.replace("{client_id: bank, ", "{client_id: bank, profile: fapi2-message-signing, ");
  }

  /** As many payments as one request may have, and 16 KiB of text, not all of it ASCII. */
  private static AuthorizationDetails largest() {
    String all =
        IntStream.rangeClosed(1, AuthorizationDetails.MOST)
            .mapToObj(SignedIntrospectionJourneyTest::payment)
            .collect(Collectors.joining(",", "[", "]"));
    int spare = 16 * 1024 - all.getBytes(UTF_8).length;
    return AuthorizationDetails.parse(all.replaceFirst("NN", "N".repeat(spare + 2)));
  }

  private static String payment(int number) {
    return """
    {"type":"payment_initiation","instructedAmount":{"currency":"EUR","amount":"%d.00"},\
    "debtorAccount":{"iban":"DE89370400440532013000"},\
    "creditorName":"%s","creditorAccount":{"iban":"DE02120300000000202051"},\
    "remittanceInformationUnstructured":"%s"}\
    """
        .formatted(number, "N".repeat(40), "\u00fc".repeat(113));
  }

  private static Bank bank(World world, UnaryOperator<Introspection> how) {
    return Bank.open(
        world.tls(),
        world.jose(),
        world.issuer(),
        world.bankUrl(),
        world.random(),
        (issuer, exchange) -> how.apply(world.asking(issuer, exchange)));
  }

  private static int status(World world, FapiClient client, Tokens tokens) throws Exception {
    return client.call(tokens, ResourceRequest.get(world.accounts())).status();
  }

  private static IntrospectionResponse shown(World world, String line) throws Exception {
    JsonObject kept = JsonObject.parse(line);
    return IntrospectionJwt.verify(
        world.jose(),
        IntrospectionJwt.parse(kept.string("jwt").orElseThrow()),
        JwkSet.parse(kept.object("jwks").orElseThrow()),
        world.issuer(),
        World.BANK,
        Instant.parse(kept.string("at").orElseThrow()));
  }

  @Test
  @Requirement("MS-7")
  void servesByWhatItCanShowLater() throws Exception {
    Path file = folder.resolve("answers.jsonl");
    try (World world = strict();
        Bank _ = bank(world, new KeepingApi(file)::status)) {
      FapiClient client = world.client();
      Tokens tokens = world.journey(client);
      assertThat(status(world, client, tokens)).isEqualTo(200);
      client.revoke(tokens);
      assertThat(status(world, client, tokens)).isEqualTo(401);

      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(2);
      assertThat(shown(world, lines.getFirst())).isInstanceOf(IntrospectionResponse.Active.class);
      assertThat(shown(world, lines.getLast())).isInstanceOf(IntrospectionResponse.Inactive.class);
      assertThat(lines.getFirst())
          .contains(tokens.accessToken().digest().hex())
          .doesNotContain(tokens.accessToken().reveal());
    }
  }

  /** The token of it is opaque: without an answer that the bank can read there is no access. */
  @Test
  @Requirement({"9701-3", "RAR-9.2-1"})
  void servesByTheLargestConsentThatThereIs() throws Exception {
    Path file = folder.resolve("answers.jsonl");
    String types = "authorization_details_types: [payment_initiation]";
    try (World world = strict();
        Bank _ = bank(world, new KeepingApi(file)::status)) {
      world.restartServer(
          yaml ->
              strict(yaml)
                  .replace("clients:\n", types + "\nclients:\n")
                  .replace(
                      "    scope: openid profile accounts\n",
                      "    scope: openid profile accounts\n    " + types + "\n")
                  .replace("claims: {name: Anna Sund}}", ANNA));
      FapiClient client = world.client();
      AuthorizationDetails asked = largest();
      assertThat(asked.toJson().getBytes(UTF_8)).hasSize(16 * 1024);
      Tokens tokens =
          world.journey(client, FlowRequest.of("accounts").withAuthorizationDetails(asked));
      assertThat(tokens.accessToken().isOpaque()).isTrue();

      ResourceResponse served = client.call(tokens, ResourceRequest.get(world.accounts()));

      assertThat(served.status()).isEqualTo(200);
      assertThat(AuthorizationDetails.read(JsonObject.parse(served.body()))).isEqualTo(asked);
      assertThat(shown(world, Files.readAllLines(file).getFirst()))
          .isInstanceOfSatisfying(
              IntrospectionResponse.Active.class,
              answer -> assertThat(answer.authorizationDetails()).isEqualTo(asked));
    }
  }

  @Test
  @Requirement({"9701-8", "ATT-63", "J-13", "S-13"})
  void takesNoAnswerForAToken() throws Exception {
    Path file = folder.resolve("answers.jsonl");
    try (World world = strict();
        Bank _ = bank(world, new KeepingApi(file)::status)) {
      FapiClient client = world.client();
      Tokens tokens = world.journey(client);
      assertThat(status(world, client, tokens)).isEqualTo(200);
      String line = Files.readAllLines(file).getFirst();
      AccessToken answer = new AccessToken(JsonObject.parse(line).string("jwt").orElseThrow());

      assertThat(world.app().get(world.accounts(), answer).status()).isEqualTo(401);
      assertThat(world.app().userinfo(answer).status()).isEqualTo(401);
      assertThat(world.app().get(world.accounts(), tokens.accessToken()).status()).isEqualTo(200);
    }
  }

  @Test
  void servesNothingIfItAsksForNoSignature() throws Exception {
    try (World world = strict();
        Bank _ = bank(world, asking -> asking)) {
      FapiClient client = world.client();
      assertThat(status(world, client, world.journey(client))).isEqualTo(503);
    }
  }

  @Test
  void servesNothingThatItCannotKeep() throws Exception {
    try (World world = strict();
        Bank _ = bank(world, new KeepingApi(folder.resolve("no/such/folder"))::status)) {
      FapiClient client = world.client();
      assertThat(status(world, client, world.journey(client))).isEqualTo(503);
    }
  }
}
