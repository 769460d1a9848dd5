package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.scene.Signing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flow viewer in a tab beside the app: messages come as they happen, and can be broken. */
class ViewerTest extends ViewerScene {
  ViewerTest() {
    super(Signing.AS_EVER);
  }

  @Test
  void showsMessagesAsTheyHappenWithoutLoadingThePageAgain(Visitors visitors) {
    Visitor anna = watching(visitors, Look.LIGHT_DESKTOP);
    for (String title :
        new String[] {
          "Pushes its request (PAR)", "Logs in", "Redeems the code for tokens", "Makes a payment"
        }) {
      message(anna, title).click();
      anna.sees(".panel h2");
      assertThat(anna.find(".panel h2").textContent()).contains(title);
    }
    message(anna, "Redeems the code for tokens").click();
    anna.reads("Signed by the client");
  }

  @Test
  void showsTheRuleThatRefusesABrokenMessage(Visitors visitors) {
    Visitor anna = watching(visitors, Look.LIGHT_DESKTOP);
    isRefused(anna, "Makes a payment", "Drop the proof", "DP-4");
    isRefused(anna, "Makes a payment", "Change the amount", "DP-15");
    isRefused(anna, "Makes a payment", "Charge more", "RAR-9-1");
    isRefused(anna, "Redeems the code for tokens", "Prove another key", "DP-16");
    isRefused(anna, "Redeems the code for tokens", "Redeem the code once more", "SP-5.3.2.2-9");
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void isAccessibleAndFitsTheScreen(Look look, Visitors visitors) {
    Visitor anna = watching(visitors, look);
    message(anna, "Makes a payment").waitFor();
    anna.windowLooksRight("viewer");
    message(anna, "Redeems the code for tokens").click();
    anna.click(BREAKS).windowLooksRight("viewer-message");
    anna.find(".panel button.break").first().click();
    anna.sees(REFUSED).windowLooksRight("viewer-refused");
    anna.open(town.viewer().resolve("/text")).looksRight("viewer-text");
  }
}
