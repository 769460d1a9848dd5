package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Shown;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Somebody has more to choose from than one object may have. */
class TooManyChoicesTest extends BrowserTest {

  /** One more than the ready type has a place for. */
  @Override
  protected String configuration(String yaml) {
    String accounts =
        IntStream.range(0, 33)
            .mapToObj(i -> "{label: Account %d, value: {iban: DE%020d}}".formatted(i, i))
            .collect(Collectors.joining(", ", "{accounts: [", "]}"));
    return super.configuration(Details.types(yaml, "account_information", "account_information"))
        .replaceFirst(
            "(?m)^( *)(claims: \\{name: Anna Example.*)$", "$1$2\n$1choices: " + accounts);
  }

  private static Params picking(Shown page, int number) {
    Params form = page.pressed("allow");
    for (int i = 0; i < number; i++) {
      form = form.and("pick-0-" + i, String.valueOf(i));
    }
    return form;
  }

  @Test
  @Requirement({"RAR-5-1", "RAR-7.1-1"})
  void whoPicksMoreThanTheTypeHasAPlaceForIsAskedAgain() {
    Browser browser = browser();
    Shown page =
        browser.loggedIn(
            browser.start(
                request()
                    .without("scope")
                    .and(
                        AuthorizationDetails.NAME,
                        "[{\"type\":\"account_information\",\"actions\":[\"list_accounts\"]}]")));
    assertThat(page.document().select("[role=alert]")).isEmpty();
    Shown again = new Shown(page.url(), browser.post(page.action(), picking(page, 33)));
    assertThat(again.document().select("[role=alert]").text())
        .isEqualTo("That is more than can be allowed together. Please choose fewer.");
    assertThat(again.document().select("input[checked]")).hasSize(33);
    Params fewer = again.pressed("allow").without("pick-0-32");
    assertThat(Callback.of(browser.post(again.action(), fewer)).get("code")).isNotEmpty();
  }
}
