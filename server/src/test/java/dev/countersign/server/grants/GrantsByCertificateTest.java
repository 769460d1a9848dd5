package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The API at the second listener, by tokens that are bound to a certificate. */
class GrantsByCertificateTest extends ManagedGrantsTest {
  private static final TestTls OWN = certificate("CN=own");
  private static final TestTls ANOTHER = certificate("CN=another");

  @Override
  protected String configuration(String yaml) {
    return CertificateHolder.in(super.configuration(yaml), "")
        .replace(
            "name: The App\n",
            "name: The App\n    tls_client_certificate_bound_access_tokens: true\n");
  }

  private static TestTls certificate(String subject) {
    return CertificateHolder.valid(TestCertificate.selfSigned(subject)).make();
  }

  private String boundToken(CertificateHolder holder, String scope) {
    Params asked = Params.of("grant_type", "client_credentials", "scope", scope);
    Reply reply =
        holder.post("/token", asked.and(server.app().authenticatedBy(server.app().assertion())));
    assertThat(reply.string("token_type")).isEqualTo("Bearer");
    return reply.string("access_token");
  }

  @Test
  @Requirement({"GM-6.1-1", "GM-6.6-3", "SP-5.2.2.1-2", "MT-6", "MT-9"})
  void takesATokenFromTheHolderOfItsCertificateAlone() throws Exception {
    CertificateHolder own = CertificateHolder.of(server, OWN);
    Params code = server.app().codeRequest(allowed(create(request())).get("code"));
    String id =
        own.post("/token", code.and(server.app().authenticatedBy(server.app().assertion())))
            .string("grant_id");
    String query = "Bearer " + boundToken(own, "grant_management_query");
    String path = "/grants/" + id;
    assertThat(own.send("GET", path, query).status()).isEqualTo(200);
    assertThat(CertificateHolder.of(server, ANOTHER).send("GET", path, query).outcome())
        .isEqualTo("401 invalid_token");
    assertThat(CertificateHolder.none(server).send("GET", path, query).outcome())
        .isEqualTo("401 invalid_token");
    String revoke = "Bearer " + boundToken(own, "grant_management_revoke");
    assertThat(own.send("DELETE", path, query).outcome()).isEqualTo("403 insufficient_scope");
    assertThat(own.send("DELETE", path, revoke).status()).isEqualTo(204);
    assertThat(own.send("GET", path, query).status()).isEqualTo(404);
  }

  @Test
  @Requirement({"GM-7.1-2", "MT-9"})
  void isFoundByTheMetadata() throws Exception {
    Reply reply = server.get(server.url("/.well-known/openid-configuration"));
    assertThat(
            AuthorizationServerMetadata.parse(reply.json(), TestServer.ISSUER)
                .mtlsEndpointAliases()
                .grantManagementEndpoint())
        .isEqualTo(Optional.of(URI.create("https://mtls.example.com:9443/tenant/grants")));
  }
}
