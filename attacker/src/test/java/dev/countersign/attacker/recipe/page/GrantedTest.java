package dev.countersign.attacker.recipe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.wire.Answers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What tokens are good for beyond what was asked. */
class GrantedTest {
  private static final String DETAILS = ",\"authorization_details\":[{\"type\":\"account\"}]";

  private static Granted granted(String members) {
    return Granted.of(
        Answers.of(200, "application/json", "{\"access_token\":\"opaque\"" + members + "}"),
        "openid");
  }

  private static String beyond(String got, String right) {
    return granted(got).beyond(granted(right), "1000000.01");
  }

  @Test
  void findsAScopeThatWasNotAskedFor() {
    assertThat(beyond(",\"scope\":\"openid admin\"", ",\"scope\":\"openid\"")).contains("admin");
    assertThat(beyond(",\"scope\":\"openid\"", "")).isEmpty();
  }

  @Test
  void findsDetailsWhereThereWereNone() {
    assertThat(beyond(DETAILS, "")).contains("authorization_details");
    assertThat(beyond(DETAILS, DETAILS)).isEmpty();
  }

  @Test
  void findsDetailsInPlaceOfOthers() {
    String other = DETAILS.replace("account", "payment\",\"amount\":\"1000000.01");
    assertThat(beyond(other, DETAILS)).contains("authorization_details");
  }

  @Test
  void findsWhatOnlyTheAccessTokenSays() {
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"scope\":\"openid admin\"}".getBytes(StandardCharsets.UTF_8));
    Granted more =
        Granted.of(
            Answers.of(200, "application/json", "{\"access_token\":\"e30." + claims + ".c2ln\"}"),
            "openid");
    assertThat(more.beyond(granted(""), "x")).contains("admin");
  }
}
