package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.SignedRequests;
import org.junit.jupiter.api.Test;

/** What signed requests say about grants. */
@Requirement({"JAR-5", "S-02"})
class SignedGrantsTest extends ManagedGrantsTest {

  private SignedRequests signed() {
    return new SignedRequests(server, server.app());
  }

  private String asking(String action, String grant) {
    return signed()
        .object(
            claims -> {
              claims.put("grant_management_action", action);
              claims.put("grant_id", grant);
            });
  }

  @Test
  @Requirement({"GM-5.2-1", "GM-5.4-4"})
  void readsTheActionInTheObjectAndNotBeside() {
    Params good = signed().carrying(signed().object());
    assertThat(server.app().push(good.and("grant_management_action", "nonsense")).status())
        .isEqualTo(201);
    Reply reply = signed().push(signed().object(c -> c.put("grant_management_action", "nonsense")));
    assertThat(reply.outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("GM-5.4-4");
  }

  @Test
  @Requirement({"GM-5.4-1", "GM-5.4-5"})
  void looksAtTheGrantInTheObject() {
    String own = granted(create(request())).string("grant_id");
    String others =
        server
            .other()
            .token(
                server
                    .other()
                    .codeRequest(
                        allowed(server.other(), create(server.other().authorizationRequest()))
                            .get("code")))
            .string("grant_id");
    assertThat(signed().push(asking("merge", own)).status()).isEqualTo(201);
    assertThat(signed().push(asking("merge", others)).outcome()).isEqualTo("400 invalid_grant_id");
    assertThat(server.logged("rule")).contains("GM-5.4-5");
    Params swapped = signed().carrying(asking("merge", others)).and("grant_id", own);
    assertThat(server.app().push(swapped).outcome()).isEqualTo("400 invalid_grant_id");
  }
}
