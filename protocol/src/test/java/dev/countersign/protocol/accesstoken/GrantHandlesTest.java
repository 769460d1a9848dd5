package dev.countersign.protocol.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantHandlesTest {
  private static final String API = "https://api.example";

  @Test
  void hasAHandleForEachAudienceAndNoneForOthers() throws MalformedJsonException {
    GrantHandles handles = new GrantHandles(Map.of(API, "h1", "https://other.example", "h2"));
    JsonObject token =
        JsonObject.builder().put(GrantHandles.CLAIM, handles.member().orElseThrow()).build();

    assertThat(GrantHandles.read(token)).isEqualTo(handles);
    assertThat(handles.of(API)).contains("h1");
    assertThat(handles.of("https://third.example")).isEmpty();
  }

  @Test
  void noHandlesAreNoClaim() throws MalformedJsonException {
    assertThat(GrantHandles.NONE.member()).isEmpty();
    assertThat(GrantHandles.read(JsonObject.builder().build())).isEqualTo(GrantHandles.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"grant_handles\":\"h\"}",
        "{\"grant_handles\":null}",
        "{\"grant_handles\":[]}",
        "{\"grant_handles\":{\"https://api.example\":1}}",
        "{\"grant_handles\":{\"https://api.example\":\"\"}}",
        "{\"grant_handles\":{\"\":\"h\"}}"
      })
  void refusesAClaimOfAnotherForm(String token) throws MalformedJsonException {
    JsonObject json = JsonObject.parse(token);

    assertThatThrownBy(() -> GrantHandles.read(json)).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void refusesEmptyTexts() {
    assertThatThrownBy(() -> new GrantHandles(Map.of(API, "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GrantHandles(Map.of("", "h")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
