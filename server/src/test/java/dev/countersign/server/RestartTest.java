package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.edge.PortBusyException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ListenAddress;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

  @Test
  @Requirement({"SP-5.4.2-0"})
  void keepsItsKeysOverARestart(@TempDir Path folder) {
    String keys;
    try (TestServer first = new TestServer(folder)) {
      keys = first.get(first.url("/jwks")).text();
    }
    try (TestServer second = new TestServer(folder)) {
      assertThat(second.get(second.url("/jwks")).text()).isEqualTo(keys);
    }
  }

  @Test
  void saysThatAPortIsBusy(@TempDir Path folder) {
    try (TestServer first = new TestServer(folder)) {
      Config config = first.config();
      Config same =
          new Config(
              config.issuer(),
              new ListenAddress("127.0.0.1", first.port()),
              config.tls(),
              config.store(),
              config.scopes(),
              config.resources(),
              config.lifetimes(),
              config.login(),
              config.dpop(),
              config.signingAlgorithm(),
              config.clients(),
              config.resourceServers(),
              config.users(),
              config.pages(),
              config.log(),
              config.management(),
              config.mtls(),
              config.proxies(),
              config.clientCertificates(),
              config.registration(),
              config.detailTypes(),
              config.revocationFeed(),
              config.grantManagement());
      assertThatThrownBy(
              () ->
                  AuthorizationServer.start(
                      same, first.store(), first.jose(), first::now, first.random()))
          .isInstanceOf(PortBusyException.class)
          .hasMessageContaining(String.valueOf(first.port()));
    }
  }
}
