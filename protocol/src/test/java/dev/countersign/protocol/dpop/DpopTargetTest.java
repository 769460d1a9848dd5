package dev.countersign.protocol.dpop;

import static dev.countersign.protocol.dpop.DpopProofs.AT_RS;
import static dev.countersign.protocol.dpop.DpopProofs.NOW;
import static dev.countersign.protocol.dpop.DpopProofs.claims;
import static dev.countersign.protocol.dpop.DpopProofs.proof;
import static dev.countersign.protocol.dpop.DpopProofs.refuses;
import static dev.countersign.protocol.dpop.DpopProofs.verify;
import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the URL in a proof ({@code htu}) is that of the request. */
@Requirement({"DP-4"})
class DpopTargetTest {

  @ParameterizedTest
  @Requirement({"DP-3"})
  @ValueSource(
      strings = {
        "https://as.example.com/par",
        "https://as.example.com/token/",
        "https://as.example.com/Token",
        "https://rs.example.com/token",
        "http://as.example.com/token",
        "https://as.example.com:8443/token",
        "https://as.example.com",
        "/token",
        "not a url"
      })
  void refusesAnotherTarget(String htu) {
    Refusal.OAuth refusal = refuses(claims("htu", htu), "DP-4");
    assertThat(refusal.detail())
        .hasValueSatisfying(
            text -> assertThat(text).contains("expected [https://as.example.com/token]"));
  }

  @Test
  void namesTheReceivedTargetInTheLogWithoutItsQuery() {
    Refusal.OAuth refusal = refuses(claims("htu", "https://rs.example.com/x?secret=1"), "DP-4");
    assertThat(refusal.detail())
        .hasValueSatisfying(
            text -> assertThat(text).contains("https://rs.example.com/x").doesNotContain("secret"));
  }

  @ParameterizedTest
  @Requirement({"DP-4"})
  @ValueSource(
      strings = {
        "https://as.example.com/token?a=b",
        "https://as.example.com/token#f",
        "https://as.example.com/token?a=b#f",
        "HTTPS://AS.EXAMPLE.COM/token",
        "https://as.example.com:443/token",
        "https://as.example.com/%74oken",
        "https://as.example.com/x/../token",
        "https://as.example.com/./token"
      })
  void acceptsOtherSpellingsOfTheTarget(String htu) {
    assertThat(verify(proof(claims("htu", htu)), AT_RS).jti()).isEqualTo(new Jti("j1"));
  }

  @Test
  void acceptsAnyOfTheUrlsOfTheEndpoint() {
    DpopExpectation expected =
        new DpopExpectation(
            "POST",
            List.of(
                URI.create("https://mtls.example.com/token"),
                URI.create("https://AS.example.com:443/token?x")),
            Optional.empty(),
            new NoncePolicy.Ignored());
    assertThat(verify(proof(claims()), expected).jti()).isEqualTo(new Jti("j1"));
  }

  @Test
  @Requirement({"DP-3", "DP-4"})
  void verifiesAProofForATargetThatIsNotAscii() throws Exception {
    URI typed = URI.create("https://rs.example/b\u00fccher");
    String proof =
        DpopProof.create(
            JOSE, KEY, "GET", typed, Jti.random(RANDOM), NOW, Optional.empty(), Optional.empty());

    assertThat(CompactJws.parse(proof).unverifiedClaims().string("htu"))
        .contains("https://rs.example/b%C3%BCcher");
    assertThat(verify(proof, at(typed))).isNotNull();
    assertThat(verify(proof, at(URI.create("https://rs.example/b%c3%bccher")))).isNotNull();
    refuses(proof, at(URI.create("https://rs.example/bu%CC%88cher")), "DP-4");
  }

  private static DpopExpectation at(URI target) {
    return new DpopExpectation("GET", List.of(target), Optional.empty(), new NoncePolicy.Ignored());
  }
}
