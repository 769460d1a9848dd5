package dev.countersign.protocol.dpop;

import static dev.countersign.protocol.dpop.DpopProofs.AT_AS;
import static dev.countersign.protocol.dpop.DpopProofs.AT_RS;
import static dev.countersign.protocol.dpop.DpopProofs.NOW;
import static dev.countersign.protocol.dpop.DpopProofs.claims;
import static dev.countersign.protocol.dpop.DpopProofs.proof;
import static dev.countersign.protocol.dpop.DpopProofs.refuses;
import static dev.countersign.protocol.dpop.DpopProofs.verify;
import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"DP-14"})
class NoncePolicyTest {

  private static final Duration LIFETIME = Duration.ofMinutes(2);
  private static final DpopNonces AS_NONCES = nonces("as");
  private static final DpopNonces RS_NONCES = nonces("rs");
  private static final DpopExpectation AS = demanding(AT_AS, AS_NONCES, false);
  private static final DpopExpectation RS = demanding(AT_RS, RS_NONCES, true);

  @Test
  @Requirement({"SP-5.3.2.1-10"})
  void acceptsAFreshNonceOfItsOwn() {
    assertThat(verify(proof(with(AS_NONCES.mint(NOW).value())), AS)).isNotNull();
    assertThat(verify(proof(with(RS_NONCES.mint(NOW).value())), RS)).isNotNull();
  }

  @Test
  void demandsANonceOfAProofWithoutOne() {
    demands(claims(), AS);
    demands(claims(), RS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "eyJ7S_N_d_N", "a b", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void demandsAnotherNonceThanAForgedOne(String nonce) {
    demands(with(nonce), AS);
  }

  @Test
  @Requirement({"DP-13"})
  void demandsAnotherNonceThanThatOfAnotherServer() {
    demands(with(RS_NONCES.mint(NOW).value()), AS);
    demands(with(AS_NONCES.mint(NOW).value()), RS);
  }

  @Test
  void acceptsANonceAtTheEndOfItsLifeAndDemandsAnotherAfterIt() {
    assertThat(verify(proof(with(AS_NONCES.mint(NOW.minus(LIFETIME)).value())), AS)).isNotNull();
    demands(with(AS_NONCES.mint(NOW.minus(LIFETIME).minusMillis(1)).value()), AS);
  }

  @Test
  void refusesAWrongProofBeforeItLooksForANonce() {
    refuses(proof(claims("htm", "GET")), AS, "DP-4");
    refuses(proof(claims("htu", "https://as.example.com/par")), AS, "DP-4");
    refuses(proof(claims("iat", NOW.getEpochSecond() - 61)), AS, "DP-15");
    refuses(proof(claims("ath", "x")), RS, "DP-4");
    refuses(Jwts.withBrokenSignature(proof(claims())), AS, "SP-5.4.1-1.1");
    refuses("x", RS, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"SP-5.3.2.1-13"})
  void holdsTheAuthorizationServerToTheWindowEvenWithANonce() {
    Map<String, Object> claims = with(AS_NONCES.mint(NOW).value());
    claims.put("iat", NOW.getEpochSecond() + 10);
    assertThat(verify(proof(claims), AS)).isNotNull();
    claims.put("iat", NOW.getEpochSecond() + 61);
    refuses(proof(claims), AS, "SP-5.3.2.1-13");
    claims.put("iat", NOW.getEpochSecond() - 61);
    refuses(proof(claims), AS, "DP-15");
  }

  @Test
  @Requirement({"DP-4"})
  void letsTheNoncesTimeStandForIatAtAResourceServer() {
    Map<String, Object> claims = with(RS_NONCES.mint(NOW).value());
    claims.put("iat", NOW.getEpochSecond() - 86400);
    assertThat(verify(proof(claims), RS).replayableUntil()).isEqualTo(NOW.plus(LIFETIME));
    claims.put("iat", NOW.getEpochSecond() + 86400);
    assertThat(verify(proof(claims), RS).replayableUntil()).isEqualTo(NOW.plus(LIFETIME));
    claims.remove("iat");
    refuses(proof(claims), RS, "DP-3");
  }

  @Test
  @Requirement({"DP-15"})
  void remembersAProofUntilItsNonceOrItsWindowEnds() {
    String old = proof(with(AS_NONCES.mint(NOW.minusSeconds(90)).value()));
    assertThat(verify(old, AS).replayableUntil()).isEqualTo(NOW.plusSeconds(30));
    String fresh = proof(with(AS_NONCES.mint(NOW).value()));
    assertThat(verify(fresh, AS).replayableUntil()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void ignoresANonceWhereNoneIsDemanded() {
    assertThat(verify(proof(with("anything")), AT_RS)).isNotNull();
    assertThat(verify(proof(claims("nonce", 7)), AT_RS)).isNotNull();
  }

  @Test
  void refusesANonceOfAnotherTypeWhereOneIsDemanded() {
    refuses(proof(claims("nonce", 7)), AS, "DP-3");
  }

  private static void demands(Map<String, ?> claims, DpopExpectation expected) {
    Refusals.of(() -> verify(proof(claims), expected), OAuthError.USE_DPOP_NONCE, "DP-14");
  }

  private static Map<String, Object> with(String nonce) {
    return claims("nonce", nonce);
  }

  private static DpopExpectation demanding(
      DpopExpectation base, DpopNonces nonces, boolean replacesIat) {
    return new DpopExpectation(
        base.htm(), base.htu(), base.token(), new NoncePolicy.Demanded(nonces, replacesIat));
  }

  private static DpopNonces nonces(String purpose) {
    return new DpopNonces(JOSE, purpose, List.of(new byte[32]), LIFETIME, RANDOM);
  }
}
