package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;

/** Changes of one grant by several back channels at once. */
class SimultaneousChangesTest extends ManagedGrantsTest {
  private static final List<String> DATATYPES =
      List.of("allergies", "conditions", "immunizations", "observations");

  @RepeatedTest(5)
  @Requirement({"GM-5.2-4"})
  void loseNothingOfWhatAnyOfThemAdds() throws Exception {
    String id = granted(create(scope("openid"))).string("grant_id");
    List<Params> redemptions = new ArrayList<>();
    for (String datatype : DATATYPES) {
      Callback callback =
          allowed(
              merge(scope("openid"), id)
                  .with(
                      "authorization_details",
                      Details.array(Details.HEALTH.replace("medications", datatype))));
      redemptions.add(server.app().codeRequest(callback.get("code")));
    }
    List<Reply> replies = atOnce(redemptions);
    assertThat(replies).extracting(Reply::outcome).containsOnly("200");
    assertThat(replies).extracting(reply -> reply.string("grant_id")).containsOnly(id);
    assertThat(queried(id).authorizationDetails().ofType("health_record_access"))
        .singleElement()
        .satisfies(
            detail ->
                assertThat(detail.json().strings("datatypes").orElseThrow())
                    .containsExactlyInAnyOrderElementsOf(DATATYPES));
    // Of all refresh tokens that of the last change alone is left.
    assertThat(replies.stream().map(this::refreshed).filter("200"::equals)).hasSize(1);
  }

  private List<Reply> atOnce(List<Params> redemptions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(redemptions.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> running = new ArrayList<>();
      for (Params redemption : redemptions) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return server.app().token(redemption);
                }));
      }
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> one : running) {
        replies.add(one.get());
      }
      return replies;
    }
  }
}
