package dev.countersign.resource;

import static dev.countersign.resource.Scene.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestTls;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateBoundTest {
  private static final X509Certificate CLIENT = TestTls.forHost("client").certificate();
  private static final X509Certificate OTHER = TestTls.forHost("client").certificate();

  private final AccessToken token = bound(CLIENT);
  private final ResourceServer both = guard(SenderConstraint.DPOP, SenderConstraint.MTLS);
  private final ResourceServer certificates = guard(SenderConstraint.MTLS);

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
  @Requirement({"MT-6", "SP-5.3.4-1", "SP-5.3.4-5"})
  void admitsATokenWithItsCertificateAsOftenAsItComes(String scheme) {
    for (ResourceServer guard : List.of(both, certificates)) {
      assertThat(judge(guard, scheme, token, CLIENT)).isInstanceOf(Verdict.Admitted.class);
      assertThat(judge(guard, scheme, token, CLIENT)).isInstanceOf(Verdict.Admitted.class);
    }
  }

  @Test
  @Requirement({"MT-6"})
  void looksAtTheFirstCertificateOfAChainAlone() {
    assertThat(judge(both, "Bearer", token, CLIENT, OTHER)).isInstanceOf(Verdict.Admitted.class);
    refused(judge(both, "Bearer", token, OTHER, CLIENT), "MT-6");
  }

  @Test
  @Requirement({"MT-6", "SP-5.3.4-5", "DP-12"})
  void refusesAStolenTokenWithAnotherCertificateOrNone() {
    for (Verdict verdict :
        List.of(judge(both, "Bearer", token, OTHER), judge(both, "Bearer", token))) {
      List<Challenge> challenges = refused(verdict, "MT-6");
      assertThat(challenges).extracting(Challenge::scheme).containsExactly("Bearer", "DPoP");
      assertThat(challenges.getFirst().attribute("error")).contains("invalid_token");
      assertThat(challenges.getLast().attribute("error")).isEmpty();
    }
  }

  @Test
  @Requirement({"DP-12", "SP-5.3.4-5"})
  void refusesATokenByTheSchemeOfTheOtherBinding() {
    List<Challenge> byDpop = refused(judge(both, "DPoP", token, CLIENT), "DP-12");
    assertThat(byDpop.getFirst().scheme()).isEqualTo("DPoP");
    assertThat(byDpop.getFirst().attribute("error")).contains("invalid_token");
    List<Challenge> byBearer = refused(judge(both, "Bearer", Scene.token(), CLIENT), "DP-12");
    assertThat(byBearer.getFirst().scheme()).isEqualTo("Bearer");
    assertThat(byBearer.getFirst().attribute("error")).contains("invalid_token");
  }

  @ParameterizedTest
  @EnumSource(SenderConstraint.class)
  @Requirement({"SP-5.3.4-5", "DP-12"})
  void takesNoTokenThatIsBoundInAWayItIsNotToldToTake(SenderConstraint only) {
    ResourceServer guard = guard(only);
    AccessToken dpop = Scene.token();
    Verdict byKey =
        guard.judge(
            Scene.request("Authorization", "DPoP " + dpop.reveal(), "DPoP", Scene.goodProof(dpop)),
            ACCOUNTS);
    Verdict byCertificate = judge(guard, "Bearer", token, CLIENT);
    Verdict good = only == SenderConstraint.DPOP ? byKey : byCertificate;
    Verdict bad = only == SenderConstraint.DPOP ? byCertificate : byKey;
    assertThat(good).isInstanceOf(Verdict.Admitted.class);
    List<Challenge> challenges = refused(bad, "SP-5.3.4-5");
    assertThat(challenges).extracting(Challenge::scheme).containsExactly(only.scheme());
  }

  @Test
  @Requirement({"SP-5.3.4-4", "OA-9"})
  void refusesTooSmallAScope() {
    Verdict verdict = certificates.judge(request("Bearer", token, CLIENT), Scope.of("payments"));
    Verdict.Refused no = (Verdict.Refused) verdict;
    assertThat(no.status()).isEqualTo(403);
    assertThat(Scene.answer(no).first("WWW-Authenticate"))
        .hasValueSatisfying(
            value -> assertThat(value).startsWith("Bearer error=\"insufficient_scope\""));
  }

  @Test
  @Requirement({"DP-13"})
  void givesNoNonceToWhoNeedsNone() {
    ResourceServer nonces =
        Scene.guard(settings(new Nonces.On(Scene.NONCES)).taking(SenderConstraint.MTLS));
    Verdict verdict = judge(nonces, "Bearer", token, CLIENT);
    assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
    assertThat(Scene.answer(verdict).first("DPoP-Nonce")).isEmpty();
    ResourceServer mixed =
        Scene.guard(
            settings(new Nonces.On(Scene.NONCES))
                .taking(SenderConstraint.MTLS, SenderConstraint.DPOP));
    assertThat(judge(mixed, "Bearer", token, CLIENT)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement({"MT-6", "IN-4"})
  void asksTheIssuerOfAnOpaqueTokenOverAConnectionWithACertificateAlone() {
    List<AccessToken> asked = new ArrayList<>();
    ResourceServer guard =
        both.takingOpaque(
            (presented, now) -> {
              asked.add(presented);
              AccessTokenClaims said = boundClaims(CLIENT);
              return IntrospectionResponse.Active.of(
                  said, said.aud(), said.scope(), said.authorizationDetails(), said.grantHandles());
            });
    AccessToken opaque = AccessToken.random(Scene.RANDOM);
    refused(judge(guard, "Bearer", opaque), "MT-6");
    assertThat(asked).isEmpty();
    assertThat(judge(guard, "Bearer", opaque, CLIENT)).isInstanceOf(Verdict.Admitted.class);
    refused(judge(guard, "Bearer", opaque, OTHER), "MT-6");
    assertThat(asked).hasSize(2);
  }

  private static List<Challenge> refused(Verdict verdict, String rule) {
    Verdict.Refused no = (Verdict.Refused) verdict;
    assertThat(no.status()).isEqualTo(401);
    assertThat(no.refusal().rule().value()).isEqualTo(rule);
    return Challenge.parse(Scene.answer(no).all("WWW-Authenticate"));
  }

  private static Verdict judge(
      ResourceServer guard, String scheme, AccessToken token, X509Certificate... chain) {
    return guard.judge(request(scheme, token, chain), ACCOUNTS);
  }

  private static ResourceRequest request(
      String scheme, AccessToken token, X509Certificate... chain) {
    return new ResourceRequest(
        "GET",
        "/accounts",
        Optional.empty(),
        Headers.of(List.of(Map.entry("Authorization", scheme + " " + token.reveal()))),
        List.of(chain));
  }

  private static AccessToken bound(X509Certificate certificate) {
    return boundClaims(certificate).sign(Scene.JOSE, Scene.ISSUER_KEY);
  }

  private static AccessTokenClaims boundClaims(X509Certificate certificate) {
    return Scene.boundTo(new Confirmation.Certificate(CertificateThumbprint.of(certificate)));
  }

  private static ResourceServer guard(SenderConstraint... ways) {
    return Scene.guard(settings(new Nonces.Off()).taking(ways));
  }

  private static ResourceServer.Settings settings(Nonces nonces) {
    return new ResourceServer.Settings(
        Scene.ISSUER, new ResourceIndicator(Scene.AUDIENCE), PublicUrl.of(Scene.AUDIENCE), nonces);
  }
}
