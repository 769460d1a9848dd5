package dev.countersign.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.authorization.ClaimsRequest.Wanted;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"OA-16"})
class ClaimsRequestTest {

  private static final Subject ANNA = new Subject("u-anna");
  private static final Subject BEN = new Subject("u-ben");

  @Test
  void readsTheExampleOfTheSpecification() {
    ClaimsRequest claims =
        ClaimsRequest.parse(
            """
            {"userinfo": {
              "given_name": {"essential": true},
              "nickname": null,
              "http://example.info/claims/groups": null},
             "id_token": {
              "auth_time": {"essential": true},
              "acr": {"values": ["urn:mace:incommon:iap:silver"]}}}
            """);

    assertThat(claims.userinfo())
        .containsExactly(
            Map.entry("given_name", new Wanted(true, List.of())),
            Map.entry("nickname", Wanted.VOLUNTARY),
            Map.entry("http://example.info/claims/groups", Wanted.VOLUNTARY));
    assertThat(claims.idToken())
        .containsExactly(
            Map.entry("auth_time", new Wanted(true, List.of())),
            Map.entry("acr", new Wanted(false, List.of("urn:mace:incommon:iap:silver"))));
    assertThat(ClaimsRequest.parse(claims.toJson())).isEqualTo(claims);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"other\":5}",
        "{\"id_token\":{}}",
        "{\"userinfo\":{},\"id_token\":{\"email\":{\"purpose\":\"x\"}}}",
        "{\"userinfo\":{\"age\":{\"value\":30}}}",
        "{\"userinfo\":{\"age\":{\"values\":[30,null]}}}",
        "{\"userinfo\":{\"name\":{\"value\":null}}}",
        "{\"id_token\":{\"acr\":{\"values\":[\"a\"]},\"sub\":{\"value\":\"b\"}}}",
        "{\"id_token\":{\"acr\":{\"essential\":false,\"values\":[\"a\",\"b\"]}}}"
      })
  void whatItWritesIsNoLongerAndSaysTheSame(String text) {
    ClaimsRequest claims = ClaimsRequest.parse(text);
    assertThat(claims.toJson()).hasSizeLessThanOrEqualTo(text.length());
    assertThat(ClaimsRequest.parse(claims.toJson())).isEqualTo(claims);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "x",
        "{",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "null",
        "{\"id_token\":null}",
        "{\"id_token\":[]}",
        "{\"userinfo\":\"email\"}",
        "{\"userinfo\":{\"email\":true}}",
        "{\"userinfo\":{\"email\":\"x\"}}",
        "{\"userinfo\":{\"\":null}}",
        "{\"userinfo\":{\"email\":{\"essential\":\"true\"}}}",
        "{\"userinfo\":{\"email\":{\"essential\":null}}}",
        "{\"userinfo\":{\"email\":{\"values\":\"x\"}}}",
        "{\"userinfo\":{\"email\":{\"value\":\"x\",\"values\":[\"x\"]}}}",
        "{\"id_token\":{\"sub\":{\"value\":5}}}",
        "{\"id_token\":{\"sub\":{\"value\":null}}}",
        "{\"id_token\":{\"sub\":{\"values\":[]}}}",
        "{\"id_token\":{\"acr\":{\"values\":[\"a\",1]}}}",
        "{\"id_token\":{\"acr\":{\"values\":\"a\"}}}"
      })
  void refusesWhatIsNotOfItsForm(String text) {
    Refusals.of(() -> ClaimsRequest.parse(text), OAuthError.INVALID_REQUEST, "OA-16");
  }

  @Test
  void refusesMoreThanAnybodyNeeds() {
    assertThat(ClaimsRequest.parse(asked(64, "")).userinfo()).hasSize(64);
    Refusals.of(() -> ClaimsRequest.parse(asked(65, "")), OAuthError.INVALID_REQUEST, "OA-16");
    assertThat(ClaimsRequest.parse(asked(1, "x".repeat(254))).userinfo()).hasSize(1);
    Refusals.of(
        () -> ClaimsRequest.parse(asked(1, "x".repeat(255))), OAuthError.INVALID_REQUEST, "OA-16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClaimsRequest(Map.of("", Wanted.VOLUNTARY), Map.of()));
  }

  private static String asked(int count, String ending) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"" + i + ending + "\":null")
        .collect(Collectors.joining(",", "{\"userinfo\":{", "}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id_token\":{\"sub\":{\"value\":\"u-anna\"}}}",
        "{\"userinfo\":{\"sub\":{\"values\":[\"u-x\",\"u-anna\"]}}}",
        "{\"id_token\":{\"sub\":{\"essential\":true,\"value\":\"u-anna\"}}}",
        "{\"userinfo\":{\"sub\":{\"values\":[\"u-anna\",\"u-ben\"]}},"
            + "\"id_token\":{\"sub\":{\"value\":\"u-anna\"}}}"
      })
  void aSubWithAValueIsAboutThatPersonOnly(String text) {
    ClaimsRequest claims = ClaimsRequest.parse(text);
    assertThat(claims.allows(ANNA)).isTrue();
    assertThat(claims.allows(BEN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id_token\":{\"sub\":null}}",
        "{\"userinfo\":{\"sub\":{\"essential\":true}}}",
        "{\"other\":{\"sub\":{\"value\":\"u-ben\"}}}",
        "{}"
      })
  void aSubWithoutAValueIsAboutAnybody(String text) {
    assertThat(ClaimsRequest.parse(text).allows(ANNA)).isTrue();
  }

  @Test
  void anEssentialAcrIsMetByOneOfItsValues() {
    ClaimsRequest claims =
        ClaimsRequest.parse(
            "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\",\"silver\"]}}}");
    assertThat(claims.allows(Optional.of("silver"))).isTrue();
    assertThat(claims.allows(Optional.of("Silver"))).isFalse();
    assertThat(claims.allows(Optional.empty())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id_token\":{\"acr\":{\"values\":[\"gold\"]}}}",
        "{\"id_token\":{\"acr\":{\"essential\":false,\"value\":\"gold\"}}}",
        "{\"id_token\":{\"acr\":{\"essential\":true}}}",
        "{\"id_token\":{\"acr\":null}}"
      })
  void anAcrThatIsNotEssentialOrHasNoValueIsAWish(String text) {
    assertThat(ClaimsRequest.parse(text).allows(Optional.empty())).isTrue();
    assertThat(ClaimsRequest.parse(text).allows(Optional.of("bronze"))).isTrue();
  }
}
