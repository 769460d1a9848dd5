package dev.countersign.attacker.recipe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.attacker.recipe.page.Unguessable.Seen;
import dev.countersign.protocol.http.Form;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What another site cannot know of a form. */
class UnguessableTest {
  private static final String FIRST = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String SECOND = "BBBBBBBBBBBBBBBBBBBBBB";
  private static final String TEXT = "Example Bank lets its clients see accounts";

  private static Seen seen(String action, Form form, String... known) {
    return new Seen(new Filled(URI.create(action), form), List.of(known));
  }

  private static Form form(String name, String value) {
    return Form.builder().add(name, value).add("text", TEXT).add("answer", "allow").build();
  }

  private static Unguessable compared(String one, String other) {
    return Unguessable.of(seen(one, form("token", "short")), seen(other, form("token", "short")));
  }

  @Test
  void aLongValueThatDiffersEachTimeIsOne() {
    Unguessable secrets =
        Unguessable.of(
            seen("https://as.example/consent", form("token", FIRST)),
            seen("https://as.example/consent", form("token", SECOND)));
    assertThat(secrets.fields()).containsExactly("token");
    assertThat(secrets.isNone()).isFalse();
  }

  @Test
  void aLongTextThatIsAlwaysTheSameIsNone() {
    Unguessable secrets =
        Unguessable.of(
            seen("https://as.example/consent", form("token", "short")),
            seen("https://as.example/consent", form("token", "other")));
    assertThat(secrets.isNone()).isTrue();
  }

  @Test
  void whatWhoeverBeganTheRequestKnowsIsNone() {
    Unguessable secrets =
        Unguessable.of(
            seen("https://as.example/x?r=" + FIRST, form("r", "urn:" + FIRST), FIRST),
            seen("https://as.example/x?r=" + SECOND, form("r", "urn:" + SECOND), SECOND));
    assertThat(secrets.isNone()).isTrue();
  }

  @Test
  void whatStandsInTheUrlOfThePageIsNoToken() {
    Seen one = seen("https://as.example/consent", form("interaction", FIRST));
    Seen other = seen("https://as.example/consent", form("interaction", SECOND));
    assertThat(Unguessable.of(one, other).fields()).containsExactly("interaction");
    assertThat(
            Unguessable.of(
                    one.at(URI.create("https://as.example/interaction/" + FIRST)),
                    other.at(URI.create("https://as.example/interaction/" + SECOND)))
                .isNone())
        .isTrue();
  }

  @Test
  void aStepOfThePathOrAValueOfTheQueryIsOne() {
    assertThat(compared("https://as.example/a/" + FIRST, "https://as.example/a/" + SECOND).action())
        .isTrue();
    assertThat(
            compared("https://as.example/a?i=" + FIRST, "https://as.example/a?i=" + SECOND)
                .action())
        .isTrue();
    assertThat(compared("https://as.example/a/1", "https://as.example/a/2").isNone()).isTrue();
  }

  @Test
  void allSecretsGoAtOnceAndNothingElse() {
    Unguessable secrets =
        Unguessable.of(
            seen("https://as.example/consent", form("token", FIRST)),
            seen("https://as.example/consent", form("token", SECOND)));
    Form form = form("token", FIRST);
    assertThat(secrets.without(form).names()).containsExactlyInAnyOrder("text", "answer");
    assertThat(secrets.replaced(form, Optional.of(form("token", SECOND)), "x"))
        .isEqualTo(form("token", SECOND));
    assertThat(secrets.replaced(form, Optional.empty(), "x")).isEqualTo(form("token", "x"));
  }
}
