package dev.countersign.server.grants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.revocationfeed.FeedVerifier;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the revocation feed says of grants that clients replace, extend and end. */
@Requirement({"SP-5.3.4-3"})
class EndedInFeedTest extends ManagedGrantsTest {

  private String feed() throws InvalidJwtException {
    server.pass(Duration.ofSeconds(1));
    String query = "?resource=" + URLEncoder.encode(TestServer.API, UTF_8);
    Reply reply = server.get(URI.create(server.url("/revocations") + query));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return FeedVerifier.parse(reply.text()).unverifiedClaims().toJson();
  }

  private static String handle(Reply tokens) throws MalformedJsonException {
    return GrantHandles.read(RawJwt.claims(tokens.string("access_token")))
        .of(TestServer.API)
        .orElseThrow();
  }

  @Test
  @Requirement({"GM-6.5-1"})
  void namesAGrantThatItsClientEnded() throws Exception {
    Reply tokens = granted(create(scope("openid accounts")));
    Reply others = granted(create(scope("openid accounts")));
    assertThat(feed()).doesNotContain(handle(tokens));

    Reply ended =
        call(server.app(), "DELETE", tokens.string("grant_id"), revokeToken(server.app()));

    assertThat(ended.status()).isEqualTo(204);
    assertThat(feed()).contains(handle(tokens)).doesNotContain(handle(others));
  }

  @Test
  @Requirement({"GM-10-2"})
  void namesWhatAGrantAllowedBeforeItWasReplacedAndNotWhatItAllowsNow() throws Exception {
    Reply before = granted(create(scope("openid accounts")));
    Reply after = granted(replace(scope("openid payments"), before.string("grant_id")));
    assertThat(after.string("grant_id")).isEqualTo(before.string("grant_id"));
    assertThat(feed()).contains(handle(before)).doesNotContain(handle(after));
  }

  @Test
  void namesNothingOfAGrantToWhichSomethingWasAdded() throws Exception {
    Reply before = granted(create(scope("openid accounts")));
    Reply after = granted(merge(scope("openid payments"), before.string("grant_id")));
    assertThat(handle(after)).isEqualTo(handle(before));
    assertThat(feed()).doesNotContain(handle(before));
  }
}
