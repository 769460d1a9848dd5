package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.wire.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/**
 * What a page wants of a person. What is only looked for, by a form with {@code GET}, is nothing.
 */
final class Pages {
  /** What sends a form. */
  static final String BUTTON = "button:not([type=button]), input[type=submit]";

  private static final String FIELD =
      "textarea, select, input:not([type=hidden]):not([type=reset]):not([type=button])";

  private Pages() {}

  /**
   * Whether it waits for a person to log in, or to agree: a form asks for a password, has a field
   * that one of these people fills in, or a button that one of them presses.
   *
   * @param people who may be asked; where nobody is known, or one presses whatever is there, any
   *     button counts
   */
  static boolean goesOn(Answer page, List<TestUser> people) {
    return asking(page)
        .anyMatch(
            form ->
                !form.select("input[type=password]").isEmpty()
                    || people.stream().anyMatch(one -> UserAgent.fits(form, one) > 0)
                    || isPressed(form, people));
  }

  private static boolean isPressed(Element form, List<TestUser> people) {
    return !form.select(BUTTON).isEmpty()
        && (people.isEmpty() || people.stream().anyMatch(one -> one.press().isEmpty()));
  }

  /** Whether it has any form with something to fill in or to press. */
  static boolean asks(Answer page) {
    return asking(page).findAny().isPresent();
  }

  private static Stream<Element> asking(Answer page) {
    return UserAgent.forms(page).stream()
        .filter(form -> form.attr("method").equalsIgnoreCase("post"))
        .filter(form -> !form.select(BUTTON + ", " + FIELD).isEmpty());
  }
}
