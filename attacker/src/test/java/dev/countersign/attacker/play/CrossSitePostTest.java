package dev.countersign.attacker.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.wire.Targets;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.protocol.http.Form;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser sends when a page of another site makes it post a form. */
class CrossSitePostTest {
  private static final Form FORM = Form.builder().add("choice", "allow").build();

  private ScriptedServer server;
  private Wire wire;
  private UserAgent browser;
  private URI consent;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    server.on("/lax", _ -> Reply.text(200, "").with("Set-Cookie", "lax=1; Path=/; SameSite=Lax"));
    server.on("/none", _ -> Reply.text(200, "").with("Set-Cookie", "none=2; Path=/; Secure"));
    server.on("/consent", _ -> Reply.text(200, ""));
    consent = server.uri("/consent");
    wire = Targets.allowing(consent).wire();
    Set<String> hosts = Set.of(Bounds.authority(consent));
    browser = new UserAgent(wire.line(_ -> {}), Set.of(), hosts, new Login(hosts, List.of()));
  }

  @AfterEach
  void stop() {
    wire.close();
    server.close();
  }

  @Test
  void leavesOutTheCookiesOfTheSameSiteAndNamesTheOther() throws IOException {
    browser.get(server.uri("/lax"));
    browser.get(server.uri("/none"));

    browser.postFrom("https://attacker.invalid", consent, FORM);

    Received sent = server.received().getLast();
    assertThat(sent.headers().all("Cookie")).containsExactly("none=2");
    assertThat(sent.headers().first("Origin")).contains("https://attacker.invalid");
  }

  @Test
  void thePageItselfSendsThemAll() throws IOException {
    browser.get(server.uri("/lax"));
    browser.get(server.uri("/none"));

    browser.post(consent, FORM, List.of());

    String sent = String.join("; ", server.received().getLast().headers().all("Cookie"));
    assertThat(sent).contains("lax=1").contains("none=2");
  }

  @Test
  void sendsNoCookieFieldIfNothingGoesAlong() throws IOException {
    browser.get(server.uri("/lax"));

    browser.postFrom("https://attacker.invalid", consent, FORM);

    assertThat(server.received().getLast().headers().all("Cookie")).isEmpty();
  }
}
