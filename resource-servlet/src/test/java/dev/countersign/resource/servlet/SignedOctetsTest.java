package dev.countersign.resource.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.HandSignature;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same fields and URLs in other octets, over a real connection: what RFC 9421 signs alike is
 * one message, and everything else is another.
 */
@Requirement("S-11")
class SignedOctetsTest {
  private static final String SERVED = "200";

  /** The signature is of something else. */
  private static final String REFUSED = "401 SIG-7";

  /** There is no such component. */
  private static final String MISSING = "401 SIG-2";

  private static Container container;
  private static CapturedLog log;

  @BeforeAll
  static void start() throws Exception {
    log = CapturedLog.of(ResourceFilter.class.getName(), Level.INFO);
    container =
        SignedBank.with(
            content ->
                content.servlet(
                    "/*", Pages.of((request, answer) -> answer.getWriter().print("served"))));
  }

  @AfterAll
  static void stop() {
    container.close();
    log.close();
  }

  /**
   * A signed request, as it goes over the wire.
   *
   * @param target on its request line
   * @param lines of fields, beside those of the profile
   */
  private record Octets(String target, List<String> lines, HandSignature signature) {

    /** A question whose client signs the target that it sends. */
    static Octets get(String target) {
      AccessToken token = Issued.token();
      String authorization = "DPoP " + token.reveal();
      String path = target.substring("/bank".length()).split("\\?", 2)[0];
      String proof = Issued.proof("GET", path, token);
      HandSignature signature =
          HandSignature.by(SignedBank.SIGNER, Issued.NOW, "fapi-2-request")
              .covering("\"@method\"", "GET")
              .covering("\"@target-uri\"", Issued.PUBLIC + target)
              .covering("\"authorization\"", authorization)
              .covering("\"dpop\"", proof);
      return new Octets(
          target, List.of("Authorization: " + authorization, "DPoP: " + proof), signature);
    }

    Octets covering(String identifier, String value) {
      return new Octets(target, lines, signature.covering(identifier, value));
    }

    Octets sentTo(String other) {
      return new Octets(other, lines, signature);
    }

    Octets with(String... more) {
      return new Octets(target, Stream.concat(lines.stream(), Stream.of(more)).toList(), signature);
    }

    /** The status of the answer, and the rule by which the filter refused. */
    String outcome() throws IOException {
      int before = log.events().size();
      String fields =
          with("Signature-Input: " + signature.input(), "Signature: " + signature.signature())
              .lines()
              .stream()
              .collect(Collectors.joining("\r\n"));
      String answer =
          container.raw(
              "GET "
                  + target
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + fields
                  + "\r\n\r\n");
      String status = answer.split(" ", 3)[1];
      return log.events().size() == before
          ? status
          : status + " " + log.lastField("rule").orElseThrow();
    }
  }

  private static Octets parts() {
    return Octets.get("/bank/accounts").covering("\"x-part\"", "a, b");
  }

  private static Octets bytes() {
    return Octets.get("/bank/accounts").covering("\"x-part\";bs", ":YSwgYg==:, :Yw==:");
  }

  private static Octets strict() {
    return Octets.get("/bank/accounts").covering("\"priority\";sf", "u=1, i");
  }

  private static Octets member() {
    return Octets.get("/bank/accounts").covering("\"x-dict\";key=\"a\"", "1;x");
  }

  @Test
  void linesOfAFieldAreOneListHoweverTheyAreWritten() throws Exception {
    assertThat(parts().with("X-Part: a", "X-Part: b").outcome()).isEqualTo(SERVED);
    assertThat(parts().with("x-pArT: a", "X-PART: b").outcome()).isEqualTo(SERVED);
    assertThat(parts().with("X-Part:a  ", "X-Part: \t b\t").outcome()).isEqualTo(SERVED);
    assertThat(parts().with("X-Part: a, b").outcome()).isEqualTo(SERVED);
  }

  @Test
  void otherLinesOfAFieldAreAnotherMessage() throws Exception {
    assertThat(parts().with("X-Part: b", "X-Part: a").outcome()).isEqualTo(REFUSED);
    assertThat(parts().with("X-Part: a").outcome()).isEqualTo(REFUSED);
    assertThat(parts().with("X-Part: a", "X-Part: b", "X-Part: c").outcome()).isEqualTo(REFUSED);
    assertThat(parts().with("X-Part: a,b").outcome()).isEqualTo(REFUSED);
    assertThat(parts().with("X-Part: a", "X-Part: b", "X-Part:").outcome()).isEqualTo(REFUSED);
    assertThat(parts().with("X-Part: A", "X-Part: b").outcome()).isEqualTo(REFUSED);
    assertThat(parts().outcome()).isEqualTo(MISSING);
  }

  /**
   * A server may refuse it, or read a space in place of the fold (RFC 9112 section 5.2): this one
   * refuses.
   */
  @Test
  void aFoldedLineIsServedToNobody() throws Exception {
    assertThat(parts().with("X-Part: a,\r\n b").outcome()).isEqualTo("400");
  }

  @Test
  void linesThatWereSignedAsBytesAreNoList() throws Exception {
    assertThat(bytes().with("X-Part: a, b", "X-Part: c").outcome()).isEqualTo(SERVED);
    assertThat(bytes().with("X-Part: a", "X-Part: b, c").outcome()).isEqualTo(REFUSED);
    assertThat(bytes().with("X-Part: a, b, c").outcome()).isEqualTo(REFUSED);
  }

  @Test
  void structuredFieldsMayBeWrittenInOtherOctetsWhereThatIsSigned() throws Exception {
    assertThat(strict().with("Priority: u=1 ,  i").outcome()).isEqualTo(SERVED);
    assertThat(strict().with("Priority: u=1", "Priority: i=?1").outcome()).isEqualTo(SERVED);
    assertThat(strict().with("Priority: i, u=1").outcome()).isEqualTo(REFUSED);
    assertThat(strict().with("Priority: u=1, i=?0").outcome()).isEqualTo(REFUSED);
  }

  @Test
  void aMemberOfAFieldIsSignedWithoutTheOthers() throws Exception {
    assertThat(member().with("X-Dict: b=2,  a=1; x").outcome()).isEqualTo(SERVED);
    assertThat(member().with("X-Dict: b=7", "X-Dict: a=1;x").outcome()).isEqualTo(SERVED);
    assertThat(member().with("X-Dict: a=1;y").outcome()).isEqualTo(REFUSED);
    assertThat(member().with("X-Dict: b=2").outcome()).isEqualTo(MISSING);
  }

  @Test
  void aRequestHasNoRequestOfItsOwn() throws Exception {
    Octets linked = Octets.get("/bank/accounts").covering("\"@method\";req", "GET");
    assertThat(linked.outcome()).isEqualTo(MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bank/accounts?name=Zo%C3%AB",
        "/bank/accounts?name=Zo%c3%ab",
        "/bank/accounts?a=1%202&b=1+2&c=%7E~",
        "/bank/accounts?",
        "/bank/acc%6Funts",
        "/bank/accounts/a%20b"
      })
  void aUrlIsSignedInTheOctetsThatAreSent(String target) throws Exception {
    assertThat(Octets.get(target).outcome()).isEqualTo(SERVED);
  }

  @ParameterizedTest
  @CsvSource({
    "/bank/accounts?name=Zo%C3%AB, /bank/accounts?name=Zo%c3%ab",
    "/bank/accounts?a=1%202, /bank/accounts?a=1+2",
    "/bank/accounts?a=%7E, /bank/accounts?a=~",
    "/bank/accounts?a=b%26c, /bank/accounts?a=b&c",
    "/bank/accounts?, /bank/accounts",
    "/bank/accounts, /bank/accounts?",
    "/bank/accounts, /bank/acc%6Funts",
    "/bank/acc%6Funts, /bank/accounts",
    "/bank/accounts, /bank/Accounts",
    "/bank/accounts, /bank/accounts/"
  })
  void aUrlInOtherOctetsIsAnother(String signed, String sent) throws Exception {
    assertThat(Octets.get(signed).sentTo(sent).outcome()).isEqualTo(REFUSED);
  }
}
