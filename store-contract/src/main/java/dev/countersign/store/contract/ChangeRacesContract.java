package dev.countersign.store.contract;

import static dev.countersign.store.contract.Changes.addition;
import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.TokenFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Changes of one grant by sixty-four callers at once. */
abstract class ChangeRacesContract extends ConcernContract {

  @Test
  @Requirement({"GM-5.2-4"})
  void ofManyThatMergeAtOnceNoneLosesWhatAnotherAdded() throws Exception {
    Grant grant = redeemed().grant();
    List<IssuedCode> codes = Stream.generate(() -> issuedFor(grant)).limit(Race.CALLERS).toList();

    List<Integer> looks = Race.run(i -> merged(codes.get(i), grant, i));

    Grant after = standing(grant);
    assertThat(after.version().revision()).isEqualTo(Race.CALLERS);
    assertThat(after.version().generation()).isZero();
    assertThat(after.details().list()).containsAll(grant.details().list());
    assertThat(after.details().list()).hasSize(grant.details().list().size() + Race.CALLERS);
    IntStream.range(0, Race.CALLERS)
        .forEach(i -> assertThat(after.details().list()).containsAll(addition(i).list()));
    // Otherwise nothing was shown.
    assertThat(looks).anyMatch(count -> count > 1);
  }

  @Test
  void ofManyThatChangeFromTheSameStateExactlyOneDoes() throws Exception {
    Grant grant = redeemed().grant();
    List<IssuedCode> codes = Stream.generate(() -> issuedFor(grant)).limit(Race.CALLERS).toList();

    List<RedeemOutcome> outcomes =
        Race.run(
            i -> {
              GrantChange change =
                  i % 2 == 0
                      ? Changes.merge(grant, addition(i), NOW)
                      : Changes.replace(grant, addition(i), NOW);
              return redeem(codes.get(i), change, samples.accessToken(), samples.refreshToken());
            });

    assertThat(outcomes.stream().filter(RedeemOutcome.Redeemed.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(new RedeemOutcome.GrantMoved()::equals))
        .hasSize(Race.CALLERS - 1);
    assertThat(outcomes).contains(new RedeemOutcome.Redeemed(standing(grant)));
  }

  @Test
  @Requirement({"GM-10-2"})
  void noAccessTokenOfARefreshOutlivesAReplacementThatRacesIt() throws Exception {
    Redeemed first = redeemed();
    SecretDigest refreshToken = first.refreshToken().digest();
    GrantChange replacement = Changes.replace(first.grant(), addition(1), NOW);
    IssuedCode code = issuedFor(replacement.after());
    NewAccessToken replaced = samples.accessToken();
    List<NewAccessToken> tokens =
        Stream.generate(samples::accessToken).limit(Race.CALLERS).toList();

    List<Object> outcomes =
        Race.run(
            i ->
                i == Race.CALLERS / 2
                    ? redeem(code, replacement, replaced, samples.refreshToken())
                    : store().refresh(refreshToken, tokens.get(i), Set.of(), NOW));

    assertThat(outcomes)
        .containsOnlyOnce(new RedeemOutcome.Redeemed(replacement.after()))
        .allMatch(
            List.of(
                    new RedeemOutcome.Redeemed(replacement.after()),
                    new RefreshOutcome.Refreshed(first.grant()),
                    new RefreshOutcome.Unknown())
                ::contains);
    assertThat(tokens).allMatch(token -> store().findByAccessToken(token.jti(), NOW).isEmpty());
    assertDead(first);
    assertThat(store().findByAccessToken(replaced.jti(), NOW)).contains(replacement.after());
    assertThat(ended(NOW))
        .extracting(ended -> ended.family())
        .containsExactly(TokenFamily.of(first.grant()));
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void noTokenOfAChangeOutlivesARevocationThatRacesIt() throws Exception {
    List<Redeemed> given = Stream.generate(this::redeemed).limit(Race.CALLERS / 2).toList();
    List<NewAccessToken> tokens = new ArrayList<>();
    List<IssuedCode> codes = new ArrayList<>();
    for (Redeemed one : given) {
      tokens.add(samples.accessToken());
      codes.add(issuedFor(one.grant()));
    }

    List<Object> outcomes =
        Race.run(
            i -> {
              Grant grant = given.get(i / 2).grant();
              return i % 2 == 0
                  ? store().revokeGrant(grant.id(), Set.of(), NOW)
                  : redeem(
                      codes.get(i / 2),
                      Changes.merge(grant, addition(i), NOW),
                      tokens.get(i / 2),
                      samples.refreshToken());
            });

    assertThat(outcomes.stream().filter(new RevokeOutcome.Revoked()::equals)).hasSize(given.size());
    assertThat(given).allSatisfy(this::assertDead);
    assertThat(given).allMatch(one -> store().findGrant(one.grant().id(), NOW).isEmpty());
    assertThat(tokens).allMatch(token -> store().findByAccessToken(token.jti(), NOW).isEmpty());
  }

  @Test
  void ofManyThatRevokeTheGrantsOfAClientEachEndsOthers() throws Exception {
    List<Redeemed> given = Stream.generate(this::redeemed).limit(100).toList();

    List<Integer> counts = Race.run(_ -> store().revokeGrantsOf(Samples.CLIENT, 3, NOW));

    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(given.size());
    assertThat(given).allSatisfy(this::assertDead);
    assertThat(ended(NOW)).hasSize(given.size());
  }

  /** Merges as a server does: looks, and looks again when somebody was faster; how many looks. */
  private int merged(IssuedCode code, Grant grant, int number) {
    int looks = 0;
    RedeemOutcome outcome;
    do {
      looks++;
      Grant before = store().findGrant(grant.id(), NOW).map(GrantRecord::grant).orElseThrow();
      GrantChange change = Changes.merge(before, addition(number), NOW);
      outcome = redeem(code, change, samples.accessToken(), samples.refreshToken());
    } while (outcome.equals(new RedeemOutcome.GrantMoved()));
    assertThat(outcome).isInstanceOf(RedeemOutcome.Redeemed.class);
    return looks;
  }
}
