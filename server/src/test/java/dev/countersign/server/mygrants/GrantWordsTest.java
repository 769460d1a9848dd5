package dev.countersign.server.mygrants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Page;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.client.SelfRegistered;
import dev.countersign.server.details.ConsentTemplate;
import dev.countersign.server.interaction.AccessWords;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.server.text.Texts;
import dev.countersign.server.text.Wording;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.GrantVersion;
import dev.countersign.store.Login;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of clients that are not as others, and of grants that were changed. */
class GrantWordsTest extends EndpointTest {
  private static final Instant GIVEN = Instant.parse("2026-11-26T08:00:30Z");
  private static final Instant CHANGED = Instant.parse("2026-11-27T23:59:59Z");
  private static final Wording ENGLISH = Texts.builtIn().choose(Optional.of("en"), Headers.NONE);

  /** Nobody vouches for the clients that registered themselves. */
  private record Registered(List<RegisteredClient> clients) implements SelfRegistered {
    @Override
    public Optional<RegisteredClient> find(ClientId id) {
      return clients.stream().filter(client -> client.id().equals(id)).findFirst();
    }

    @Override
    public boolean authenticated(ClientId id) {
      return find(id).isPresent();
    }

    @Override
    public boolean isVouchedFor(RegisteredClient client) {
      return false;
    }
  }

  private Page.Holder holder(Clients clients, String client, String scope) {
    Grant grant =
        new Grant(
            new GrantId("a&b=c"),
            new ClientId(client),
            new Login(new Subject("u-anna"), GIVEN, Optional.empty()),
            Scope.parse(scope),
            List.of(new ResourceIndicator("https://api.example.com")),
            new AllowedClaims(List.of("email", "name"), List.of("email")),
            AuthorizationDetails.NONE,
            GIVEN,
            CHANGED,
            GrantVersion.FIRST.merged());
    GrantWords words =
        new GrantWords(
            new InteractionUrls(new Issuer("https://as.example.com/")),
            clients,
            new AccessWords(
                server.config().scopes(),
                new UserClaims(server.config().scopes(), server.config().users(), clients)),
            ConsentTemplate::ofUnknown,
            ZoneId.of("UTC"));
    return words
        .holders(List.of(new Given(new GrantRecord(grant, Optional.empty(), CHANGED))), ENGLISH)
        .getFirst();
  }

  @Test
  void saysWhenAGrantWasChangedAndThatItHasNoEnd() {
    Page.Access access =
        holder(new Clients(server.config().clients()), "app", "openid profile offline_access new")
            .grants()
            .getFirst();
    assertThat(access.allows())
        .containsExactly("Know that it is you", "Know your name", "new", "Know your email address");
    assertThat(access.given()).isEqualTo("November 26, 2026, 08:00\u00a0UTC");
    assertThat(access.changed()).contains("November 27, 2026, 23:59\u00a0UTC");
    assertThat(access.howLong()).isEqualTo("Until you or The App end it");
    assertThat(access.end()).isEqualTo("https://as.example.com/my-grants/end?grant=a%26b%3Dc");
  }

  @Test
  void saysOfAClientThatRegisteredItselfThatItDid() {
    List<RegisteredClient> all = server.config().clients();
    assertThat(holder(new Clients(all), "app", "openid").note()).isEmpty();
    Page.Holder itself = holder(new Clients(List.of(), new Registered(all)), "app", "openid");
    assertThat(itself.name()).isEqualTo("The App");
    assertThat(itself.note())
        .contains(
            "This application registered itself. Nobody here has checked its name."
                + " What it gets goes to app.example.com.");
    Page.Holder onDevice = holder(new Clients(List.of(), new Registered(all)), "machine", "openid");
    assertThat(onDevice.note())
        .contains("This application registered itself. Nobody here has checked its name.");
  }

  @Test
  void saysOfAClientThatIsRegisteredNoLongerThatItIsNot() {
    Page.Holder gone = holder(new Clients(List.of()), "app", "openid");
    assertThat(gone.name()).isEqualTo("app");
    assertThat(gone.note().orElseThrow()).startsWith("This application is not registered any more");
    assertThat(gone.grants()).hasSize(1);
  }
}
