package dev.countersign.it.browser;

import dev.countersign.demo.scene.Signing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flow viewer of the demo in which every message is signed. */
class SignedViewerTest extends ViewerScene {
  SignedViewerTest() {
    super(Signing.EVERY_MESSAGE);
  }

  @Test
  void showsWhatIsSignedInWords(Visitors visitors) {
    Visitor anna = watching(visitors, Look.LIGHT_DESKTOP);
    message(anna, "Makes a payment").click();
    anna.reads("SIGNATURE OF THE HTTP REQUEST").reads("Signed by the client's key for messages");
    anna.reads("the digest of the content").reads("as it was signed");
    anna.reads("SIGNATURE OF THE HTTP ANSWER").reads("of the request: the signature");
    message(anna, "Pushes its request (PAR)").click();
    anna.reads("REQUEST OBJECT").reads("response_mode");
    message(anna, "Agrees, and returns with a code").click();
    anna.reads("AUTHORIZATION RESPONSE").reads("Signed by the authorization server");
  }

  @Test
  void showsTheRuleThatRefusesABrokenSignature(Visitors visitors) {
    Visitor anna = watching(visitors, Look.LIGHT_DESKTOP);
    isRefused(anna, "Makes a payment", "Change the amount on the way", "SIG-10");
    isRefused(anna, "Makes a payment", "Leave out the signature", "HS-5.3.1.2-3");
    isRefused(anna, "Makes a payment", "Sign it two minutes ago", "HS-5.3.1.2-6");
    isRefused(anna, "Reads the accounts", "made for something else", "HS-5.3.1.2-4");
    isRefused(anna, "Pushes its request (PAR)", "Change the signed request", "SP-5.4.1-1.1");
    isRefused(anna, "Brings the code to the app", "Change the signed response", "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void isAccessibleAndFitsTheScreen(Look look, Visitors visitors) {
    Visitor anna = watching(visitors, look);
    message(anna, "Makes a payment").click();
    anna.sees(".panel .jwt").windowLooksRight("viewer-signed-message");
    anna.find(".panel .jwt").last().scrollIntoViewIfNeeded();
    anna.windowLooksRight("viewer-signed-signature");
    anna.click(BREAKS);
    way(anna, "Change the amount on the way").click();
    anna.sees(REFUSED).windowLooksRight("viewer-signed-refused");
    anna.open(town.viewer().resolve("/text")).looksRight("viewer-signed-text");
  }
}
