package dev.countersign.server.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.ready.Account;
import dev.countersign.protocol.rar.ready.Amount;
import dev.countersign.protocol.rar.ready.PaymentInitiation;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.details.TypeDefinition;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantVersion;
import dev.countersign.store.Login;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What grants become, without a server around. */
class GrantChangesTest {
  private static final ResourceIndicator A = new ResourceIndicator("https://a.example");
  private static final ResourceIndicator B = new ResourceIndicator("https://b.example");
  private static final List<String> VALUES = List.of("openid", "read", "write", "report");
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private final Audiences audiences =
      new Audiences(
          List.of(
              new ResourceConfig(A, Scope.of("read", "write")),
              new ResourceConfig(B, Scope.of("read", "report"))));
  private final GrantChanges changes = new GrantChanges(audiences, DetailTypes.NONE);

  private static Grant allowed(Scope scope, List<ResourceIndicator> resources) {
    return allowed(scope, resources, AllowedClaims.NONE, NOW);
  }

  private static Grant allowed(
      Scope scope, List<ResourceIndicator> resources, AllowedClaims claims, Instant now) {
    return new Grant(
        new GrantId("g"),
        new ClientId("c"),
        new Login(new Subject("u"), now, Optional.empty()),
        scope,
        resources,
        claims,
        AuthorizationDetails.NONE,
        now);
  }

  /** Each value that means something at a resource, with the resource. */
  private Set<String> reach(Grant grant) {
    Set<String> reach = new HashSet<>();
    grant
        .resources()
        .forEach(
            resource ->
                audiences
                    .boundTo(resource, grant.scope())
                    .tokens()
                    .forEach(token -> reach.add(token + " at " + resource)));
    reach.addAll(audiences.unbound(grant.scope()).tokens());
    return reach;
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void mergeKeepsWhoWhenAndWhatOfBoth() {
    Grant before =
        allowed(
            Scope.of("openid", "write"),
            List.of(A),
            new AllowedClaims(List.of("name"), List.of("email")),
            NOW);
    Grant more =
        allowed(
            Scope.of("report"),
            List.of(B),
            new AllowedClaims(List.of("name", "birthdate"), List.of()),
            LATER);
    Grant after = changes.after(GrantAction.MERGE, before, more, LATER);
    assertThat(after.scope()).isEqualTo(Scope.of("openid", "write", "report"));
    assertThat(after.resources()).containsExactly(A, B);
    assertThat(after.claims())
        .isEqualTo(new AllowedClaims(List.of("name", "birthdate"), List.of("email")));
    assertThat(after.createdAt()).isEqualTo(NOW);
    assertThat(after.updatedAt()).isEqualTo(LATER);
    assertThat(after.login()).isEqualTo(more.login());
    assertThat(after.version()).isEqualTo(new GrantVersion(1, 0));
  }

  @Test
  @Requirement({"GM-5.2-5", "GM-10-2"})
  void replaceKeepsTheNameAndTheDayAlone() {
    Grant before =
        allowed(
            Scope.of("openid", "write"),
            List.of(A),
            new AllowedClaims(List.of("name"), List.of("email")),
            NOW);
    Grant other = allowed(Scope.of("report"), List.of(B), AllowedClaims.NONE, LATER);
    Grant after = changes.after(GrantAction.REPLACE, before, other, LATER);
    assertThat(after)
        .isEqualTo(
            new Grant(
                before.id(),
                before.clientId(),
                other.login(),
                other.scope(),
                other.resources(),
                other.claims(),
                other.details(),
                NOW,
                LATER,
                new GrantVersion(1, 1)));
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void mergeLeavesOutWhatIsOver() {
    GrantChanges dated =
        new GrantChanges(
            audiences, new DetailTypes(List.of(TypeDefinition.ready("account_information"))));
    Grant plain = allowed(Scope.of("read"), List.of(A));
    Grant before = plain.with(accounts("2026-11-25", "2026-11-26"));
    Grant more = plain.with(accounts("2026-12-31"));
    assertThat(dated.after(GrantAction.MERGE, before, more, LATER).details())
        .isEqualTo(accounts("2026-11-26", "2026-12-31"));
  }

  private static AuthorizationDetails accounts(String... until) {
    return AuthorizationDetails.parse(
        Stream.of(until)
            .map(
                day ->
                    "{\"type\":\"account_information\",\"actions\":[\"list_accounts\"],"
                        + "\"validUntil\":\"%s\"}".formatted(day))
            .collect(Collectors.joining(",", "[", "]")));
  }

  @Test
  @Requirement({"GM-5.2-4", "ATT-82"})
  void refusesToCarryAScopeValueToAResourceItWasNotAllowedFor() {
    Grant before = allowed(Scope.of("read"), List.of(A));
    Grant more = allowed(Scope.of("report"), List.of(B));
    assertThat(refused(before, more)).contains(OAuthError.INVALID_TARGET);
    assertThat(refused(more, before)).contains(OAuthError.INVALID_TARGET);
    assertThat(refused(before, allowed(Scope.of("read", "report"), List.of(B)))).isEmpty();
  }

  private Optional<OAuthError> refused(Grant before, Grant more) {
    try {
      changes.after(GrantAction.MERGE, before, more, LATER);
      return Optional.empty();
    } catch (RefusalException e) {
      return Optional.of(((Refusal.OAuth) e.refusal()).error());
    }
  }

  @Test
  @Requirement({"GM-5.2-3"})
  void createChangesNothing() {
    Grant grant = allowed(Scope.of("read"), List.of(A));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> changes.after(GrantAction.CREATE, grant, grant, LATER));
  }

  @Test
  @Requirement({"GM-5.2-4", "GM-5.2-5", "ATT-82"})
  void noSequenceOfChangesReachesFurtherThanWhatWasAllowedInIt() {
    // Always the same sequences; another seed is another test.
    Random random = new Random(7);
    int made = 0;
    for (int sequence = 0; sequence < 2000; sequence++) {
      Grant grant = random(random);
      Set<String> allowed = reach(grant);
      for (int step = 0; step < 5; step++) {
        Grant now = random(random);
        GrantAction action = random.nextInt(4) == 0 ? GrantAction.REPLACE : GrantAction.MERGE;
        if (action == GrantAction.MERGE && refused(grant, now).isPresent()) {
          continue;
        }
        if (action == GrantAction.REPLACE) {
          allowed.clear();
        }
        allowed.addAll(reach(now));
        grant = changes.after(action, grant, now, LATER);
        assertThat(reach(grant)).isEqualTo(allowed);
        made++;
      }
    }
    assertThat(made).isGreaterThan(2000);
  }

  private static Grant random(Random random) {
    List<String> values = new ArrayList<>(VALUES);
    values.removeIf(_ -> random.nextBoolean());
    List<List<ResourceIndicator>> places = List.of(List.of(A), List.of(B), List.of(A, B));
    return allowed(new Scope(values), places.get(random.nextInt(places.size())));
  }

  /** Each resource server counts uses for itself: two would let one payment through twice. */
  @Test
  @Requirement({"GM-5.2-4", "RAR-5-1"})
  void mergeCarriesWhatMayBeUsedOnceToNoFurtherResource() {
    GrantChanges once =
        new GrantChanges(
            audiences, new DetailTypes(List.of(TypeDefinition.ready("payment_initiation"))));
    AuthorizationDetails payment =
        AuthorizationDetails.of(
            PaymentInitiation.of(
                    Amount.of("EUR", "1.00"), "Shop", Account.of("DE89370400440532013000"))
                .toDetail());
    Grant atA = allowed(Scope.NONE, List.of(A)).with(payment);
    Grant atB = allowed(Scope.NONE, List.of(B)).with(payment);
    RefusalException e =
        catchThrowableOfType(
            RefusalException.class, () -> once.after(GrantAction.MERGE, atA, atB, LATER));
    assertThat(e.refusal()).isInstanceOf(Refusal.OAuth.class);
    assertThat(((Refusal.OAuth) e.refusal()).error()).isEqualTo(OAuthError.INVALID_TARGET);
    assertThat(once.after(GrantAction.MERGE, atA, atA, LATER).details()).isEqualTo(payment);
  }
}
