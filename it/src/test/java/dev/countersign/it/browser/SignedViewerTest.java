package dev.countersign.it.browser;

import dev.countersign.demo.scene.Signing;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flow viewer of the demo in which every message is signed. */
@ExtendWith(Browsing.class)
class SignedViewerTest {
  private Town town;

  @BeforeEach
  void start(@TempDir Path folder) {
    town = new Town(folder, Signing.EVERY_MESSAGE);
  }

  @AfterEach
  void stop() {
    town.close();
  }

  @Test
  void showsWhatIsSignedInWords(Visitors visitors) {
    Watched watched = Watched.of(town, visitors, Look.LIGHT_DESKTOP);
    Visitor anna = watched.choose("Makes a payment");
    anna.reads("SIGNATURE OF THE HTTP REQUEST").reads("Signed by the client's key for messages");
    anna.reads("the digest of the content").reads("as it was signed").reads("sha-256=:");
    anna.reads("SIGNATURE OF THE HTTP ANSWER").reads("of the request: the signature");
    watched.choose("Pushes its request (PAR)").reads("REQUEST OBJECT").reads("response_mode");
    watched.choose("Agrees, and returns with a code");
    anna.reads("AUTHORIZATION RESPONSE").reads("Signed by the authorization server");
  }

  @Test
  void showsTheRuleThatRefusesABrokenSignature(Visitors visitors) {
    Watched watched = Watched.of(town, visitors, Look.LIGHT_DESKTOP);
    watched.isRefused("Makes a payment", "Change the amount on the way", "SIG-10");
    watched.isRefused("Makes a payment", "Leave out the signature", "HS-5.3.1.2-3");
    watched.isRefused("Makes a payment", "Sign it two minutes ago", "HS-5.3.1.2-6");
    watched.isRefused("Reads the accounts", "made for something else", "HS-5.3.1.2-4");
    watched.isRefused("Pushes its request (PAR)", "Change the signed request", "SP-5.4.1-1.1");
    watched.isRefused("Brings the code to the app", "Change the signed response", "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @EnumSource(
      value = Look.class,
      names = {"LIGHT_DESKTOP", "DARK_PHONE"})
  void isAccessibleAndFitsTheScreen(Look look, Visitors visitors) {
    Watched watched = Watched.of(town, visitors, look);
    Visitor anna = watched.choose("Makes a payment");
    anna.sees(".panel .jwt").windowLooksRight("viewer-signed-message");
    anna.find(".panel .jwt").last().scrollIntoViewIfNeeded();
    anna.windowLooksRight("viewer-signed-signature");
    watched.showWaysToBreak();
    watched.breakIt("Change the amount on the way").windowLooksRight("viewer-signed-refused");
    anna.open(town.viewer().resolve("/text")).looksRight("viewer-signed-text");
  }
}
