package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestResource;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What a recipe needs of the target. */
public enum Need {
  /** A client, of any kind. */
  CLIENT("a client", target -> !target.clients().isEmpty()),
  /** A second client. */
  SECOND_CLIENT("two clients", target -> target.clients().size() > 1),
  /** A client that authenticates by {@code private_key_jwt}. */
  ASSERTION("a client with private_key_jwt", clients(1, Lab::assertsItself)),
  /** Two of them. */
  TWO_ASSERTIONS("two clients with private_key_jwt", clients(2, Lab::assertsItself)),
  /** A client whose tokens are bound to a DPoP key. */
  DPOP("a client that uses DPoP", clients(1, Lab::provesKey)),
  /** Two of them. */
  TWO_DPOP("two clients that use DPoP", clients(2, Lab::provesKey)),
  /** A client that authenticates by its certificate. */
  MUTUAL_TLS("a client with a certificate", clients(1, Lab::showsCertificate)),
  /** Two of them. */
  TWO_MUTUAL_TLS("two clients with a certificate", clients(2, Lab::showsCertificate)),
  /** A client that signs its requests. */
  SIGNED_REQUESTS("a client that signs requests", clients(1, TestClient::signsRequests)),
  /** A client whose responses are signed. */
  SIGNED_RESPONSES("a client with signed responses", clients(1, TestClient::signedResponses)),
  /** A client that gets refresh tokens. */
  REFRESH("a client with refresh tokens", clients(1, TestClient::refreshes)),
  /** A person to log in. */
  USER("a user", target -> !target.users().isEmpty()),
  /** A second person. */
  SECOND_USER("two users", target -> target.users().size() > 1),
  /** A resource. */
  RESOURCE("a protected resource", resources(1, resource -> !resource.signed())),
  /** A second one, for which other tokens are. */
  SECOND_RESOURCE("two protected resources", resources(2, resource -> !resource.signed())),
  /** A resource of somebody else. */
  FOREIGN_RESOURCE(
      "a resource of the second user", resources(1, resource -> resource.foreign().isPresent())),
  /** A resource to which requests are signed. */
  SIGNED_RESOURCE("a resource with signed requests", resources(1, TestResource::signed)),
  /** A resource server that introspects. */
  INTROSPECTION("an introspecting resource server", target -> target.introspection().isPresent()),
  /** Where clients register themselves. */
  REGISTRATION(
      "registration",
      (target, server) ->
          target.registration().isPresent()
              && server.endpoint("registration_endpoint").isPresent()),
  /** Revocation of tokens. */
  REVOCATION(
      "a revocation endpoint", (_, server) -> server.endpoint("revocation_endpoint").isPresent()),
  /** Grant management. */
  GRANT_MANAGEMENT(
      "grant management", (_, server) -> server.endpoint("grant_management_endpoint").isPresent()),
  /** Somewhere that the target can be lured to. */
  LISTENER("a listener", target -> target.listener().isPresent()),
  /** A client to lure. */
  CLIENT_UNDER_TEST("a client under test", lured(_ -> true)),
  /** One that takes signed responses alone. */
  SIGNING_CLIENT_UNDER_TEST(
      "a client under test with signed responses", lured(ClientUnderTest::signedResponses)),
  /** One that reads a resource of the attacker's. */
  READING_CLIENT_UNDER_TEST(
      "a client under test with data_hostile", lured(app -> app.dataHostile().isPresent())),
  /** One that reads it by signed requests and answers. */
  SIGNED_READING_CLIENT_UNDER_TEST(
      "a client under test with data_hostile and http_signatures",
      lured(app -> app.dataHostile().isPresent() && app.httpSignatures())),
  /** A client that asks for more than a scope (RFC 9396). */
  DETAILS(
      "a client with authorization_details",
      clients(1, client -> !client.authorizationDetails().isEmpty())),
  /** Leave to send much at once. */
  HEAVY("leave to send much at once (heavy: true)", target -> target.bounds().heavy());

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // every one is a lambda without state
  private final BiPredicate<Target, Server> met;

  Need(String title, Predicate<Target> met) {
    this(title, (target, _) -> met.test(target));
  }

  Need(String title, BiPredicate<Target, Server> met) {
    this.title = title;
    this.met = met;
  }

  /** What is needed, in a few words. */
  public String title() {
    return title;
  }

  /** Whether this target has it. */
  public boolean isMet(Target target, Server server) {
    return met.test(target, server);
  }

  private static Predicate<Target> clients(int least, Predicate<TestClient> such) {
    return target -> target.clients().stream().filter(such).count() >= least;
  }

  private static Predicate<Target> lured(Predicate<ClientUnderTest> such) {
    return target ->
        target.listener().isPresent() && target.clientsUnderTest().stream().anyMatch(such);
  }

  private static Predicate<Target> resources(int least, Predicate<TestResource> such) {
    return target -> target.resources().stream().filter(such).count() >= least;
  }
}
