package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flow viewer in a tab beside the app: messages come as they happen, and can be broken. */
@ExtendWith(Browsing.class)
class ViewerTest {
  private Town town;

  @BeforeEach
  void start(@TempDir Path folder) {
    town = new Town(folder);
  }

  @AfterEach
  void stop() {
    town.close();
  }

  @Test
  void showsMessagesAsTheyHappenWithoutLoadingThePageAgain(Visitors visitors) {
    Watched watched = Watched.of(town, visitors, Look.LIGHT_DESKTOP);
    for (String title :
        new String[] {
          "Pushes its request (PAR)", "Logs in", "Redeems the code for tokens", "Makes a payment"
        }) {
      Visitor anna = watched.choose(title);
      assertThat(anna.find(".panel h2").textContent()).contains(title);
    }
    watched.choose("Redeems the code for tokens").reads("Signed by the client");
  }

  @Test
  void showsTheRuleThatRefusesABrokenMessage(Visitors visitors) {
    Watched watched = Watched.of(town, visitors, Look.LIGHT_DESKTOP);
    watched.isRefused("Makes a payment", "Drop the proof", "DP-4");
    watched.isRefused("Makes a payment", "Change the amount", "DP-15");
    watched.isRefused("Makes a payment", "Charge more", "RAR-9-1");
    watched.isRefused("Redeems the code for tokens", "Prove another key", "DP-16");
    watched.isRefused("Redeems the code for tokens", "Redeem the code once more", "SP-5.3.2.2-9");
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void isAccessibleAndFitsTheScreen(Look look, Visitors visitors) {
    Watched watched = Watched.of(town, visitors, look);
    watched.message("Makes a payment").waitFor();
    watched.anna().windowLooksRight("viewer");
    watched.choose("Redeems the code for tokens");
    watched.showWaysToBreak().windowLooksRight("viewer-message");
    watched.breakIt("Prove another key").windowLooksRight("viewer-refused");
    watched.anna().open(town.viewer().resolve("/text")).looksRight("viewer-text");
  }
}
