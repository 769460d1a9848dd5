package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.client.RegisteredClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DetailTypesTest {
  private static final ResourceIndicator A = new ResourceIndicator("https://a.example.com");
  private static final ResourceIndicator B = new ResourceIndicator("https://b.example.com");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final String AT_B =
      """
      {"type": "door", "resources": ["https://b.example.com"], "personal": [],
       "schema": {"properties": {"type": {}, "locations": {"type": "array", "items": {"type": "string"}}}},
       "sensitive": false, "use": "many"}
      """;

  private final DetailTypes types =
      new DetailTypes(
          Stream.concat(DetailType.READY.stream().map(TypeDefinition::ready), Stream.of(door()))
              .toList());

  private static TypeDefinition door() {
    try {
      return TypeDefinition.parse(Types.json(AT_B));
    } catch (InvalidDetailTypeException e) {
      throw new AssertionError(e);
    }
  }

  private static RegisteredClient client(String... types) {
    return client(List.of(A, B), types);
  }

  private static RegisteredClient client(List<ResourceIndicator> resources, String... types) {
    return new RegisteredClient(
        new ClientId("c"),
        "C",
        new ClientAuthentication.PrivateKeyJwt(Optional.empty()),
        SenderConstraint.DPOP,
        new ClientKeys.Published(URI.create("https://c.example.com/jwks")),
        List.of(),
        Set.of(GrantType.CLIENT_CREDENTIALS),
        Scope.of("openid"),
        resources,
        resources.getFirst(),
        Optional.empty(),
        Set.of(types),
        MessageSigning.NONE);
  }

  private AuthorizationDetails require(RegisteredClient client, AuthorizationDetails asked) {
    return types.require(client, asked, NOW);
  }

  private static AuthorizationDetails details(String... objects) {
    return AuthorizationDetails.parse(
        Stream.of(objects)
            .map(text -> text.replace('\'', '"'))
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static String accounts(String members) {
    return "{'type':'account_information','actions':['list_accounts']" + members + "}";
  }

  private static String refused(String rule, ThrowingCallable call) {
    RefusalException e = catchThrowableOfType(RefusalException.class, call);
    assertThat(e).as("nothing was refused").isNotNull();
    Refusal.OAuth refusal = (Refusal.OAuth) e.refusal();
    assertThat(refusal.error()).isEqualTo(OAuthError.INVALID_AUTHORIZATION_DETAILS);
    assertThat(refusal.rule().value()).isEqualTo(rule);
    return refusal.detail().orElseThrow();
  }

  @Test
  @Requirement({"RAR-5-1", "RAR-8-1"})
  void givesBackWhatAClientMayAskForAndRefusesTheRest() {
    RegisteredClient client = client("account_information", "door");
    AuthorizationDetails asked = details(accounts(""));
    assertThat(require(client, asked)).isEqualTo(asked);
    assertThat(require(client, AuthorizationDetails.NONE).isEmpty()).isTrue();
    refused("RAR-10-2", () -> require(client(), asked));
    refused("RAR-5-1", () -> require(client, details("{'type':'doors'}")));
    refused("RAR-5-1", () -> DetailTypes.NONE.require(client, asked, NOW));
    String place =
        refused("RAR-5-1", () -> require(client, details(accounts(""), accounts(",'x':1"))));
    assertThat(place).startsWith("account_information: /1/* does not meet");
  }

  /** A refusal, and no failure of ours. */
  @Test
  @Requirement({"RAR-5-1"})
  void refusesWholeNumbersThatAreTooLargeToBeCompared() {
    RegisteredClient client = client("account_information");
    for (String number : List.of("1e20", "-1e20", "1.5e300", "9223372036854775808")) {
      String place =
          refused(
              "RAR-5-1", () -> require(client, details(accounts(",'frequencyPerDay':" + number))));
      assertThat(place).startsWith("account_information: /0");
    }
  }

  /** Its person would allow what no token of the client could ever have. */
  @Test
  @Requirement({"RAR-5-1"})
  void refusesATypeThatIsForNoResourceOfTheClient() {
    AuthorizationDetails door = details("{'type':'door'}");
    assertThat(require(client(List.of(A, B), "door"), door)).isEqualTo(door);
    refused("RAR-5-1", () -> require(client(List.of(A), "door"), door));
  }

  @Test
  @Requirement({"RAR-5-1", "RAR-12-2"})
  void refusesALocationThatIsNotTheClientsOrNotOfTheType() {
    RegisteredClient client = client("account_information", "door");
    require(client, details(accounts(",'locations':['https://b.example.com']")));
    refused(
        "RAR-5-1",
        () -> require(client, details(accounts(",'locations':['https://c.example.com']"))));
    require(client, details("{'type':'door','locations':['https://b.example.com']}"));
    refused(
        "RAR-5-1",
        () -> require(client, details("{'type':'door','locations':['https://a.example.com']}")));
  }

  /** A schema can let in what it does not name. */
  @Test
  @Requirement({"RAR-5-1", "RAR-9.1-1"})
  void whatIsNoListOfLocationsIsForNobody() throws InvalidDetailTypeException {
    DetailTypes loose =
        new DetailTypes(
            List.of(
                TypeDefinition.parse(
                    Types.json(
                        """
                        {"type": "loose", "personal": [], "sensitive": false, "use": "many",
                         "schema": {"properties": {"type": {}},
                                    "patternProperties": {"^loc": {"type": "string"}}}}
                        """))));
    AuthorizationDetails wrong = details("{'type':'loose','locations':'https://a.example.com'}");
    assertThat(refused("RAR-5-1", () -> loose.require(client("loose"), wrong, NOW)))
        .startsWith("/0/locations");
    assertThat(loose.at(wrong, List.of(A, B)).isEmpty()).isTrue();
    assertThat(loose.places(client(), wrong)).isEmpty();
    assertThat(DetailTypes.NONE.at(wrong, List.of(A, B)).isEmpty()).isTrue();
  }

  @Test
  @Requirement({"RAR-6-2", "RAR-6.1-1"})
  void narrowsToWhatIsWithinAndGivesAllIfNothingIsAsked() {
    AuthorizationDetails granted =
        details(
            accounts(",'accounts':[{'iban':'DE1'},{'iban':'DE2'}],'validUntil':'2026-12-31'"),
            accounts(",'accounts':[{'iban':'DE9'}],'validUntil':'2027-01-31'"));
    AuthorizationDetails less =
        details(accounts(",'accounts':[{'iban':'DE2'}],'validUntil':'2026-12-01'"));
    assertThat(types.narrow(granted, AuthorizationDetails.NONE)).isEqualTo(granted);
    assertThat(types.narrow(granted, less)).isEqualTo(less);
    assertThat(types.narrow(granted, granted)).isEqualTo(granted);
    assertThat(
            refused(
                "RAR-6-2",
                () -> types.narrow(granted, details(accounts(",'accounts':[{'iban':'DE3'}]")))))
        .startsWith("/0 ");
    refused("RAR-6-2", () -> types.narrow(granted, details(accounts(""))));
    refused("RAR-6-2", () -> types.narrow(AuthorizationDetails.NONE, less));
    refused("RAR-6-2", () -> types.narrow(granted, details("{'type':'unknown'}")));
    // Each half is granted, the combination is not.
    refused(
        "RAR-6-2",
        () ->
            types.narrow(
                granted,
                details(accounts(",'accounts':[{'iban':'DE1'}],'validUntil':'2027-01-31'"))));
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void mergesByTheTypeAndKnowsABound() {
    AuthorizationDetails merged =
        types.merge(
            details(accounts(",'accounts':[{'iban':'DE11000000000000'}]")),
            details(accounts(",'accounts':[{'iban':'DE22000000000000'}]"), "{'type':'unknown'}"));
    assertThat(merged)
        .isEqualTo(
            details(
                accounts(",'accounts':[{'iban':'DE11000000000000'},{'iban':'DE22000000000000'}]"),
                "{'type':'unknown'}"));
    AuthorizationDetails many = unknown(0, AuthorizationDetails.MOST);
    assertThat(types.merge(many, many)).isEqualTo(many);
    assertThat(refused("GM-5.2-4", () -> types.merge(many, unknown(99, 1)))).contains("33");
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void aGrantDoesNotGrowLongerThanATokenCanSay() {
    AuthorizationDetails one = details("{'type':'unknown','text':'" + "x".repeat(15_000) + "'}");
    AuthorizationDetails two = details("{'type':'unknown','text':'" + "y".repeat(15_000) + "'}");
    AuthorizationDetails three = details("{'type':'unknown','text':'" + "z".repeat(15_000) + "'}");
    AuthorizationDetails both = types.merge(one, two);
    assertThat(refused("GM-5.2-4", () -> types.merge(both, three))).contains("32768");
  }

  /** A token request would have to leave out what the grant says. */
  @Test
  @Requirement({"GM-5.2-4", "RAR-5-1"})
  void whatIsJoinedStillFitsItsType() {
    AuthorizationDetails some = details(accounts(",'accounts':" + ibans(10, 20)));
    assertThat(types.merge(some, details(accounts(",'accounts':" + ibans(20, 42)))))
        .isEqualTo(details(accounts(",'accounts':" + ibans(10, 42))));
    assertThat(
            refused(
                "RAR-5-1",
                () -> types.merge(some, details(accounts(",'accounts':" + ibans(20, 43))))))
        .isEqualTo("account_information: /accounts does not meet maxItems");
  }

  private static String ibans(int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(i -> "{'iban':'DE891000000000000000" + i + "'}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static AuthorizationDetails unknown(int first, int number) {
    return details(
        IntStream.range(first, first + number)
            .mapToObj(i -> "{'type':'unknown','i':" + i + "}")
            .toArray(String[]::new));
  }

  @Test
  @Requirement({"PAR-13"})
  void leavesWhatTheClientMayStillUse() {
    AuthorizationDetails granted = details(accounts(""), "{'type':'door'}", "{'type':'unknown'}");
    assertThat(types.stillAllowed(client("account_information", "unknown"), granted, NOW))
        .isEqualTo(details(accounts("")));
  }

  @Test
  @Requirement({"PAR-13", "RAR-13"})
  void leavesWhatItsTypeStillHasAPlaceFor() {
    RegisteredClient client = client("account_information", "door");
    AuthorizationDetails granted =
        details(accounts(""), accounts(",'accounts':[{'iban':'Anna'}]"), "{'type':'hall'}");
    assertThat(types.stillAllowed(client, granted, NOW)).isEqualTo(details(accounts("")));
    assertThat(types.obstacles(client, granted, NOW))
        .containsExactly(
            "account_information: /accounts/0/iban does not meet pattern", "there is no type hall");
    assertThat(types.obstacles(client("hall"), details(accounts("")), NOW))
        .containsExactly("account_information is not the client's");
  }

  @Test
  @Requirement({"RAR-5-1", "RAR-9-1", "PAR-13"})
  void knowsWhatIsOver() {
    RegisteredClient client = client("account_information");
    AuthorizationDetails today = details(accounts(",'validUntil':'2026-03-01'"));
    AuthorizationDetails past = details(accounts(",'validUntil':'2026-02-28'"));
    AuthorizationDetails both =
        details(
            accounts(",'validUntil':'2026-02-28'"),
            accounts(",'validUntil':'2026-03-01'"),
            "{'type':'unknown','validUntil':'2026-02-28'}");
    assertThat(require(client, today)).isEqualTo(today);
    assertThat(refused("RAR-5-1", () -> require(client, past)))
        .startsWith("account_information: /0/validUntil is a day that is past");
    assertThat(types.current(both, NOW).list()).isEqualTo(both.list().subList(1, 3));
    assertThat(types.stillAllowed(client, both, NOW)).isEqualTo(today);
    assertThat(types.stillAllowed(client, both, NOW.plus(Duration.ofHours(12))).isEmpty()).isTrue();
  }

  @Test
  @Requirement({"RAR-9.1-1", "RAR-9.2-1"})
  void tellsResourceServersWhatIsForThem() {
    String anywhere = accounts("");
    String atA = accounts(",'locations':['https://a.example.com']");
    String atBoth = accounts(",'locations':['https://a.example.com','https://b.example.com']");
    AuthorizationDetails all = details(anywhere, atA, atBoth, "{'type':'door'}");
    assertThat(types.at(all, List.of(A))).isEqualTo(details(anywhere, atA, atBoth));
    assertThat(types.at(all, List.of(B))).isEqualTo(details(anywhere, atBoth, "{'type':'door'}"));
    assertThat(types.at(all, List.of(A, B))).isEqualTo(all);
    assertThat(types.at(all, List.of())).isEqualTo(AuthorizationDetails.NONE);
  }

  @Test
  @Requirement({"RAR-3.2-1"})
  void knowsWhichPlacesAreNamed() {
    RegisteredClient client = client();
    assertThat(types.places(client, details(accounts("")))).isEmpty();
    assertThat(types.places(client, details("{'type':'door'}"))).containsExactly(B);
    assertThat(
            types.places(
                client,
                details(
                    "{'type':'door'}",
                    accounts(",'locations':['https://a.example.com','https://c.example.com']"))))
        .containsExactly(A, B);
  }

  @Test
  void whatIsSensitiveOrUnknownIsNotForTheEyesOfItsHolder() {
    assertThat(types.isSensitive(AuthorizationDetails.NONE)).isFalse();
    assertThat(types.isSensitive(details(accounts("")))).isFalse();
    assertThat(types.isSensitive(details(accounts(""), "{'type':'health_record_access'}")))
        .isTrue();
    assertThat(types.isSensitive(details("{'type':'unknown'}"))).isTrue();
  }

  @Test
  @Requirement({"RAR-13"})
  void leavesOutWhatIsPersonalAndAllOfWhatIsUnknown() {
    assertThat(
            types.redacted(
                details(
                    accounts(",'accounts':[{'iban':'DE1'}]"), "{'type':'unknown','iban':'DE1'}")))
        .isEqualTo(details(accounts(""), "{'type':'unknown'}"));
  }

  @Test
  void knowsEachNameOnce() {
    assertThat(types.names()).hasSize(5).contains("door");
    assertThat(types.find("door")).isPresent();
    assertThat(types.find("unknown")).isEmpty();
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> new DetailTypes(List.of(door(), door()))))
        .hasMessageContaining("door");
  }

  /** Or a refresh would leave some out, without a word. */
  @Test
  @Requirement({"GM-5.2-4", "RAR-5-1"})
  void mergesNothingThatTogetherTakesTooMuchWork() throws Exception {
    String slow =
        """
        {"type": "slow", "personal": [], "sensitive": false, "use": "many",
         "schema": {"properties": {"type": {}, "n": {"type": "integer"},
           "x": {"type": "string", "pattern": "^(?:.*.*=|[^=]*)$"}}}}
        """;
    DetailTypes one = new DetailTypes(List.of(TypeDefinition.parse(Types.json(slow))));
    List<AuthorizationDetails> each =
        IntStream.range(0, 6)
            .mapToObj(i -> details("{'type':'slow','n':%d,'x':'%s'}".formatted(i, "x".repeat(520))))
            .toList();
    AuthorizationDetails grant = each.getFirst();
    for (AuthorizationDetails more : each.subList(1, 3)) {
      grant = one.merge(grant, one.require(client("slow"), more, NOW));
    }
    assertThat(one.stillAllowed(client("slow"), grant, NOW)).isEqualTo(grant);
    AuthorizationDetails all =
        AuthorizationDetails.of(
            each.stream()
                .flatMap(some -> some.list().stream())
                .toArray(AuthorizationDetail[]::new));
    refused("RAR-5-1", () -> one.merge(all, each.getFirst()));
  }
}
