package dev.countersign.attacker.wire;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Targets on this machine, for tests. */
public final class Targets {
  private final List<TestClient> clients = new ArrayList<>();
  private final List<TestUser> users = new ArrayList<>();
  private final List<TestResource> resources = new ArrayList<>();
  private final List<URI> allowed;
  private String issuer = "https://as.example";
  private X509Certificate trusted = TestTls.LOCALHOST.certificate();
  private int pace = 1000;
  private int most = 1000;
  private Duration timeout = Duration.ofSeconds(30);

  private Targets(List<URI> allowed) {
    this.allowed = allowed;
  }

  /** In which the servers of these URLs are allowed. */
  public static Targets allowing(URI... allowed) {
    return new Targets(List.of(allowed));
  }

  /** With this authorization server. */
  public Targets issuer(URI url) {
    issuer = url.toString();
    return this;
  }

  /** With this authority alone. */
  public Targets trusting(X509Certificate certificate) {
    trusted = certificate;
    return this;
  }

  /** With so many requests in a second, and altogether. */
  public Targets pace(int aSecond, int altogether) {
    pace = aSecond;
    most = altogether;
    return this;
  }

  /** With so much time for an answer. */
  public Targets timeout(Duration time) {
    timeout = time;
    return this;
  }

  /** With one more client. */
  public Targets with(TestClient client) {
    clients.add(client);
    return this;
  }

  /** With one more person. */
  public Targets with(TestUser user) {
    users.add(user);
    return this;
  }

  /** With one more resource. */
  public Targets resource(URI url) {
    resources.add(
        new TestResource(url, Optional.empty(), "", Optional.empty(), false, Optional.empty()));
    return this;
  }

  /** The target. */
  public Target target() {
    return new Target(
        new Issuer(issuer),
        new Bounds(
            allowed.stream().map(Bounds::authority).collect(Collectors.toSet()),
            pace,
            most,
            timeout,
            false),
        List.of(trusted),
        clients,
        users,
        resources,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** A wire to it. */
  public Wire wire() {
    return new Wire(target());
  }
}
