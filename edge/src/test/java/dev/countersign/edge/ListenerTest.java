package dev.countersign.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class ListenerTest {
  @Test
  void listensForBothVersionsOfHttp() throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    Server server = new Server();
    ServerConnector connector =
        new ServerConnector(
            server,
            new ALPNServerConnectionFactory(),
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http));
    server.addConnector(connector);
    server.start();
    try {
      assertThat(connector.getLocalPort()).isPositive();
    } finally {
      server.stop();
    }
  }
}
