package dev.countersign.server.issue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.store.TokenFamily;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class FamilyHandlesTest {
  private static final ResourceIndicator API = new ResourceIndicator("https://api.example.com");
  private static final ResourceIndicator OTHER = new ResourceIndicator("https://b.example.com");
  private static final TokenFamily FAMILY = TokenFamily.of(new Jti("t"));

  private final SecureRandom random = new SecureRandom();
  private final byte[] key = random.generateSeed(32);
  private final FamilyHandles handles = new FamilyHandles(Jose.jdk(), List.of(key));

  @Test
  void areTheMacOfFamilyAndAudience() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] expected = mac.doFinal("token:t\0https://api.example.com".getBytes(UTF_8));
    assertThat(handles.of(FAMILY, API))
        .containsExactly(Base64.getUrlEncoder().withoutPadding().encodeToString(expected));
  }

  @Test
  void differForEachFamilyAudienceAndKey() {
    FamilyHandles others = new FamilyHandles(Jose.jdk(), List.of(random.generateSeed(32)));
    assertThat(
            List.of(
                handles.of(FAMILY, API).getFirst(),
                handles.of(FAMILY, OTHER).getFirst(),
                handles.of(TokenFamily.of(new Jti("u")), API).getFirst(),
                others.of(FAMILY, API).getFirst()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aTokenBearsThoseOfTheNewestKey() {
    byte[] young = random.generateSeed(32);
    FamilyHandles both = new FamilyHandles(Jose.jdk(), List.of(young, key));
    assertThat(both.ofToken(FAMILY, List.of(API, OTHER)).byAudience())
        .containsOnlyKeys(API.value(), OTHER.value())
        .containsEntry(
            API.value(), new FamilyHandles(Jose.jdk(), List.of(young)).of(FAMILY, API).getFirst());
    assertThat(both.of(FAMILY, API)).hasSize(2).contains(handles.of(FAMILY, API).getFirst());
  }

  @Test
  void needAKey() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FamilyHandles(Jose.jdk(), List.of()));
  }
}
