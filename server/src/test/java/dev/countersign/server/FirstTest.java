package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.kit.Reply;
import org.junit.jupiter.api.Test;

class FirstTest extends EndpointTest {
  @Test
  void journey() {
    Reply tokens = server.app().tokens();
    assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    assertThat(server.app().userinfo(tokens.string("access_token")).text()).isEqualTo("x");
  }
}
