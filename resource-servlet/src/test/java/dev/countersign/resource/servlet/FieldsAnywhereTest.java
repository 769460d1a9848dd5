package dev.countersign.resource.servlet;

import static dev.countersign.resource.servlet.SignedBank.call;
import static dev.countersign.resource.servlet.SignedBank.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.resource.servlet.Servlets.Kind;
import dev.countersign.resource.servlet.SignedBank.Call;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fields of an answer are signed as each container sends them, however a servlet sets them. */
class FieldsAnywhereTest extends EachContainerScene {
  @Override
  void servlets(Servlets content) {
    content.servlet(
        "/locale",
        Pages.of(
            (request, answer) -> {
              answer.setLocale(Locale.FRENCH);
              answer.getOutputStream().print("salut");
            }));
    content.servlet(
        "/locale-after-language",
        Pages.of(
            (request, answer) -> {
              answer.setHeader("Content-Language", "de");
              answer.setLocale(Locale.FRENCH);
              answer.getOutputStream().print("salut");
            }));
    content.servlet(
        "/language-after-locale",
        Pages.of(
            (request, answer) -> {
              answer.setLocale(Locale.FRENCH);
              answer.setHeader("Content-Language", "de");
              answer.getOutputStream().print("hallo");
            }));
    content.servlet(
        "/two-spellings",
        Pages.of(
            (request, answer) -> {
              answer.addHeader("link", "</a>");
              answer.addHeader("Link", "</b>");
              answer.getOutputStream().print("linked");
            }));
    content.servlet(
        "/tab",
        Pages.of(
            (request, answer) -> {
              answer.setHeader("ETag", "\"a\tb\"");
              answer.addHeader("Link", "</a>;\trel=next");
              answer.getOutputStream().print("spaced");
            }));
    content.servlet(
        "/chunked",
        Pages.of(
            (request, answer) -> {
              answer.setHeader("Transfer-Encoding", "chunked");
              answer.getOutputStream().print("whole");
            }));
  }

  private HttpResponse<byte[]> answer(Kind kind, Call call, String covered) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, call);
    assertThat(call.read(answer).orElseThrow().identifiers()).contains(covered);
    return answer;
  }

  /** Tomcat keeps a locale by itself until the answer goes out. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-N")
  void theLanguageThatALocaleMeansIsSigned(Kind kind) throws Exception {
    for (Call call : List.of(get("/locale"), call("HEAD", "/locale", new byte[0]))) {
      HttpResponse<byte[]> answer = answer(kind, call, "\"content-language\"");
      assertThat(answer.headers().allValues("Content-Language")).containsExactly("fr");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  void theLastOfLocaleAndLanguageIsSentAndSigned(Kind kind) throws Exception {
    HttpResponse<byte[]> french =
        answer(kind, get("/locale-after-language"), "\"content-language\"");
    assertThat(french.headers().allValues("Content-Language")).containsExactly("fr");
    HttpResponse<byte[]> german =
        answer(kind, get("/language-after-locale"), "\"content-language\"");
    assertThat(german.headers().allValues("Content-Language")).containsExactly("de");
  }

  /** Tomcat tells of both names, and of all values under each. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  void aFieldThatIsSpeltInTwoWaysIsSignedAsItIsSent(Kind kind) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, get("/two-spellings"), "\"link\"");
    assertThat(answer.headers().allValues("Link")).containsExactly("</a>", "</b>");
  }

  /** Some on the way, the HTTP client of the JDK among them, make a space of it. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  void aTabIsSentAndSignedAsASpace(Kind kind) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, get("/tab"), "\"etag\"");
    assertThat(answer.headers().allValues("Link")).containsExactly("</a>; rel=next");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Requirement("HS-5.3.2.1-1")
  void howTheContentIsTransferredIsNotTheServlets(Kind kind) throws Exception {
    HttpResponse<byte[]> answer = answer(kind, get("/chunked"), "\"content-digest\"");
    assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
  }
}
