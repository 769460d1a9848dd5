package dev.countersign.attacker.recipe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.wire.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What tokens are good for beyond what was asked. */
class GrantedTest {
  private static final String DETAILS = ",\"authorization_details\":[{\"type\":\"account\"}]";

  private static Answer answer(int status, String type, String body, String... fields) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    all.add(Map.entry("Content-Type", type));
    for (int i = 0; i < fields.length; i += 2) {
      all.add(Map.entry(fields[i], fields[i + 1]));
    }
    return new Answer(
        URI.create("https://as.example/x"),
        status,
        all,
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private static Granted granted(String members) {
    return Granted.of(
        answer(200, "application/json", "{\"access_token\":\"opaque\"" + members + "}"), "openid");
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
            answer(200, "application/json", "{\"access_token\":\"e30." + claims + ".c2ln\"}"),
            "openid");
    assertThat(more.beyond(granted(""), "x")).contains("admin");
  }
}
