package dev.countersign.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Reply;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The well-known places of an issuer that has no path. */
class IssuerWithoutPathTest extends EndpointTest {

  @Override
  protected String configuration(String yaml) {
    return yaml.replace("https://as.example.com/tenant", "https://as.example.com");
  }

  @Test
  @Requirement({"SP-5.3.2.1-1"})
  void servesTheSameDocumentAtBothPlaces() {
    String base = "https://as.example.com/.well-known/";
    Reply oauth = server.get(URI.create(base + "oauth-authorization-server"));
    Reply openId = server.get(URI.create(base + "openid-configuration"));
    assertThat(oauth.status()).isEqualTo(200);
    assertThat(oauth.text()).isEqualTo(openId.text());
    assertThat(oauth.string("issuer")).isEqualTo("https://as.example.com");
    assertThat(oauth.string("token_endpoint")).isEqualTo("https://as.example.com/token");
    assertThat(server.get(URI.create("https://as.example.com/jwks")).status()).isEqualTo(200);
  }
}
