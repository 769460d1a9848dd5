package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.browser.ConsentPart;
import dev.countersign.server.client.Clients;
import dev.countersign.server.details.ConsentTemplate;
import dev.countersign.server.details.ShownDetail;
import dev.countersign.server.interaction.Asks.DetailAsk;
import dev.countersign.server.interaction.Known.Existing;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.server.text.Texts;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Grant;
import dev.countersign.store.Login;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the consent page says of details where a yes changes a grant that is there. */
@Requirement({"RAR-3.1-1"})
class ConsentPartsTest {
  private static final AuthorizationDetails OLD = details("{\"type\":\"old\",\"place\":\"here\"}");
  private static final AuthorizationDetails BOTH =
      details("{\"type\":\"old\",\"place\":\"here\"},{\"type\":\"more\",\"place\":\"there\"}");

  private static AuthorizationDetails details(String objects) {
    return AuthorizationDetails.parse("[" + objects + "]");
  }

  private static Asks asks(AuthorizationDetails asked, Optional<Existing> existing) {
    return new Asks(
        List.of(),
        List.of(new Asks.Ask("https://bank.example", false)),
        List.of(),
        asked.list().stream().map(detail -> ask(detail, existing)).toList(),
        existing);
  }

  private static Existing existing(GrantAction action, AuthorizationDetails details) {
    return existing(action, Scope.NONE, details);
  }

  private static Existing existing(GrantAction action, Scope scope, AuthorizationDetails details) {
    return new Existing(
        action,
        new Grant(
            new GrantId("g"),
            new ClientId("budget"),
            new Login(new Subject("anna"), Instant.EPOCH, Optional.empty()),
            scope,
            List.of(new ResourceIndicator("https://bank.example")),
            AllowedClaims.NONE,
            details,
            Instant.EPOCH));
  }

  private static DetailAsk ask(AuthorizationDetail detail, Optional<Existing> existing) {
    return new DetailAsk(
        detail,
        ConsentTemplate.ofUnknown(detail.type()),
        Optional.empty(),
        existing
            .map(
                grant ->
                    Standing.of(
                        detail,
                        ConsentTemplate.ofUnknown(detail.type()),
                        grant,
                        grant.grant().resources()))
            .orElse(Standing.NEW));
  }

  private static ConsentParts parts(Asks asks) {
    return new ConsentParts(
        asks,
        ConsentTemplate::ofUnknown,
        new AccessWords(List.of(), new UserClaims(List.of(), List.of(), new Clients(List.of()))),
        Texts.builtIn().choose(Optional.of("en"), Headers.NONE));
  }

  private static List<Optional<String>> marks(Asks asks) {
    return parts(asks).sections(Picks.preset(asks.details()), false).stream()
        .map(part -> part.mark().map(ConsentPart.Mark::text))
        .toList();
  }

  private static List<String> titles(ConsentPart.Existing existing) {
    return existing.details().stream().map(ShownDetail::title).toList();
  }

  @Test
  void aNewGrantNeedsNoMarks() {
    Asks asks = asks(BOTH, Optional.empty());
    assertThat(marks(asks)).containsExactly(Optional.empty(), Optional.empty());
    assertThat(parts(asks).existing("Budget")).isEmpty();
  }

  @Test
  void anAdditionSaysWhatIsNewAndWhatStays() {
    Asks asks = asks(BOTH, Optional.of(existing(GrantAction.MERGE, OLD)));
    assertThat(marks(asks)).containsExactly(Optional.of("allowed before"), Optional.of("new"));
    // It stands above already.
    assertThat(parts(asks).existing("Budget")).isEmpty();
    Asks other = asks(details("{\"type\":\"new\"}"), Optional.of(existing(GrantAction.MERGE, OLD)));
    ConsentPart.Existing existing = parts(other).existing("Budget").orElseThrow();
    assertThat(existing.heading()).isEqualTo("What Budget may do already, and still may");
    assertThat(titles(existing)).containsExactly("old");
  }

  @Test
  void aReplacementSaysWhatEnds() {
    Asks both = asks(BOTH, Optional.of(existing(GrantAction.REPLACE, OLD)));
    assertThat(marks(both)).containsExactly(Optional.empty(), Optional.empty());
    // It is asked for again, as it is.
    assertThat(parts(both).existing("Budget")).isEmpty();
    Asks other =
        asks(details("{\"type\":\"new\"}"), Optional.of(existing(GrantAction.REPLACE, OLD)));
    ConsentPart.Existing existing = parts(other).existing("Budget").orElseThrow();
    assertThat(existing.heading())
        .isEqualTo("What Budget may do now, but no longer if you allow this");
    assertThat(titles(existing)).containsExactly("old");
  }

  @Test
  void theTextOfTheFormTellsItFromOneAboutAnotherGrant() {
    String alone = asks(BOTH, Optional.empty()).text();
    String merging = asks(BOTH, Optional.of(existing(GrantAction.MERGE, OLD))).text();
    String replacing = asks(BOTH, Optional.of(existing(GrantAction.REPLACE, OLD))).text();
    String withMore = asks(BOTH, Optional.of(existing(GrantAction.MERGE, BOTH))).text();
    Existing withScope = existing(GrantAction.MERGE, Scope.of("accounts"), OLD);
    assertThat(
            List.of(
                alone,
                merging,
                replacing,
                withMore,
                asks(BOTH, Optional.of(withScope)).text(),
                asks(OLD, Optional.empty()).text()))
        .doesNotHaveDuplicates();
  }
}
