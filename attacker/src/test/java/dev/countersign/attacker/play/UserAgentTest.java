package dev.countersign.attacker.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.attacker.wire.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a person's browser fills in the form of a page. */
class UserAgentTest {
  private static final TestUser ALICE =
      new TestUser(
          "alice", Map.of("username", "alice", "password", "wonder"), List.of("allow", "Log in"));

  private static Answer page(String body) {
    return new Answer(
        URI.create("https://as.example/login?x=1"),
        200,
        List.of(Map.entry("Content-Type", "text/html")),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private static Filled filled(String body) {
    return UserAgent.fill(page(body), ALICE).orElseThrow();
  }

  @Test
  void typesWhatItKnowsAndKeepsWhatIsHidden() {
    Filled filled =
        filled(
            """
            <form method="post" action="/go"><input name="username"><input type="password"
            name="password"><input type="hidden" name="token" value="t"><input name="other"
            value="o"><button name="choice" value="login">Log in</button></form>
            """);
    assertThat(filled.action()).isEqualTo(URI.create("https://as.example/go"));
    assertThat(filled.form().encode())
        .isEqualTo("username=alice&password=wonder&token=t&other=o&choice=login");
  }

  @Test
  void pressesTheFirstButtonThatThePersonKnows() {
    Filled filled =
        filled(
            """
            <form method="post"><button name="choice" value="deny">No</button>
            <button name="choice" value="allow">Yes</button></form>
            """);
    assertThat(filled.form().value("choice")).contains("allow");
    assertThat(filled.action()).isEqualTo(URI.create("https://as.example/login?x=1"));
  }

  @Test
  void pressesTheFirstButtonWhereItKnowsNone() {
    assertThat(
            filled("<form method=post><button name=a value=b>Go</button></form>").form().value("a"))
        .contains("b");
  }

  @Test
  void choosesWhatIsChosenAlreadyOrTheFirst() {
    Filled filled =
        filled(
            """
            <form method="post"><input type="radio" name="a" value="1"><input type="radio" name="a"
            value="2" checked><input type="radio" name="b" value="1"><input type="radio" name="b"
            value="2"><input type="checkbox" name="c" value="1"><input type="checkbox" name="d"
            value="1" checked></form>
            """);
    assertThat(filled.form().encode()).isEqualTo("d=1&a=2&b=1");
  }

  @Test
  void takesTheFormThatThePersonKnows() {
    Filled filled =
        filled(
            """
            <form method="post" action="/language"><button name="l" value="de">Deutsch</button></form>
            <form method="post" action="/login"><input name="username"><input name="password">
            <button>Log in</button></form>
            """);
    assertThat(filled.action()).isEqualTo(URI.create("https://as.example/login"));
  }

  @Test
  void leavesAFormWhoseActionIsNoUrl() {
    assertThat(
            UserAgent.fill(
                page("<form method=post action='https://a b|c/{'><input name=username></form>"),
                ALICE))
        .isEmpty();
  }

  @Test
  void findsNothingToFillInOnAPageWithoutAForm() {
    assertThat(UserAgent.fill(page("<h1>Wrong</h1>"), ALICE)).isEmpty();
    assertThat(UserAgent.fill(page("<form method=get><input name=q></form>"), ALICE)).isEmpty();
  }
}
