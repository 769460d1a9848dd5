package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Objects that come again. */
@Requirement({"JAR-11"})
class ReplayedObjectTest extends SigningTest {

  @Test
  @Requirement({"ATT-60"})
  void takesAnObjectWithAJtiOnce() {
    String object = bound().object(claims -> claims.put("jti", "once"));
    assertThat(bound().push(object).status()).isEqualTo(201);
    refused(object, "JAR-11");
    refused(claims -> claims.put("jti", "once"), "JAR-11");
    assertThat(bound().push(bound().object(c -> c.put("jti", "other"))).status()).isEqualTo(201);
    assertThat(free().push(free().object(c -> c.put("jti", "once"))).status()).isEqualTo(201);
  }

  @Test
  void takesAnObjectWithoutAJtiAgain() {
    String object = bound().object();
    String first = bound().push(object).string("request_uri");
    assertThat(bound().push(object).string("request_uri")).isNotEqualTo(first);
  }

  @Test
  @Requirement({"DP-13"})
  void usesNothingUpThatItDoesNotTake() {
    TestClient other = server.other();
    String assertion = other.assertion();
    String object = bound().object(claims -> claims.put("jti", "challenged"));
    String without = other.proof("POST", server.url("/par"), other.dpopKey(), Optional.empty());
    assertThat(bound().push(object, assertion, without).outcome()).isEqualTo("400 use_dpop_nonce");
    String elsewhere = other.proof("POST", server.url("/token"));
    assertThat(bound().push(object, assertion, elsewhere).outcome())
        .isEqualTo("400 invalid_dpop_proof");
    String proof = other.proof("POST", server.url("/par"));
    assertThat(bound().push(object, assertion, proof).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"CA-3", "DP-15"})
  void usesNothingUpWithAReplay() {
    TestClient other = server.other();
    String object = bound().object(claims -> claims.put("jti", "replayed"));
    assertThat(bound().push(object).status()).isEqualTo(201);
    String assertion = other.assertion();
    String proof = other.proof("POST", server.url("/par"));
    refused(bound().push(object, assertion, proof), "400 invalid_request_object", "JAR-11");
    assertThat(bound().push(bound().object(), assertion, proof).status()).isEqualTo(201);
  }

  @Test
  void usesNoJtiUpForARequestThatItRefuses() {
    bound()
        .push(
            bound()
                .object(
                    c -> {
                      c.put("jti", "again");
                      c.put("scope", "admin");
                    }));
    assertThat(bound().push(bound().object(c -> c.put("jti", "again"))).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"MS-5.3.1-4"})
  void remembersAJtiUntilItsObjectHasExpired() {
    long first = server.now().getEpochSecond();
    String object =
        bound()
            .object(
                claims -> {
                  claims.put("jti", "long-lived");
                  claims.put("exp", first + 3600);
                });
    assertThat(bound().push(object).status()).isEqualTo(201);
    server.pass(Duration.ofSeconds(3599));
    server.sweep();
    refused(object, "JAR-11");
    server.pass(Duration.ofSeconds(1));
    refused(object, "MS-5.3.1-4");
  }

  @Test
  void takesOneOfManyThatComeAtOnce() throws Exception {
    String object = bound().object(claims -> claims.put("jti", "at once"));
    List<Params> requests =
        IntStream.range(0, 8)
            .mapToObj(_ -> server.other().authenticatedBy(server.other().assertion()))
            .map(authentication -> bound().carrying(object).and(authentication))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> outcomes =
          requests.stream()
              .map(
                  request ->
                      threads.submit(
                          () -> server.other().post("/par", request, List.of()).outcome()))
              .toList();
      int taken = 0;
      for (Future<String> outcome : outcomes) {
        taken += outcome.get().equals("201") ? 1 : 0;
        assertThat(outcome.get()).isIn("201", "400 invalid_request_object");
      }
      assertThat(taken).isOne();
    }
  }

  @Test
  @Requirement({"J-13"})
  void neverMixesItsJtiWithThoseOfOtherJwts() {
    TestClient other = server.other();
    String assertion = other.assertion(claims -> claims.put("jti", "everywhere"));
    String object = bound().object(claims -> claims.put("jti", "everywhere"));
    assertThat(bound().push(object, assertion).status()).isEqualTo(201);
    refused(bound().push(bound().object(), assertion), "401 invalid_client", "CA-3");
    refused(object, "JAR-11");
  }
}
