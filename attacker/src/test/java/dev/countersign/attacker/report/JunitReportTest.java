package dev.countersign.attacker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.play.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitReportTest {
  private static final String XML = JunitReport.of(SampleFindings.all());

  private static Element suite() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(XML)));
    return document.getDocumentElement();
  }

  private static Element testCase(int number) throws Exception {
    return (Element) suite().getElementsByTagName("testcase").item(number);
  }

  private static Element only(Element testCase, String child) {
    assertThat(testCase.getElementsByTagName("*").getLength()).isEqualTo(1);
    return (Element) testCase.getElementsByTagName(child).item(0);
  }

  private static void validate(String xml) throws SAXException, IOException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(JunitReportTest.class.getResource("junit.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
  }

  @Test
  void hasTheShapeThatBuildServersAgreeOn() throws Exception {
    validate(XML);
    assertThatThrownBy(
            () -> validate(XML.replace("<failure", "<fault").replace("/failure", "/fault")))
        .isInstanceOf(SAXException.class);
  }

  @Test
  void isNotGreenIfTheRunWasInterrupted() throws Exception {
    String xml =
        JunitReport.of(
            SampleFindings.interrupted(
                SampleFindings.without(Verdict.VULNERABLE, Verdict.INCONCLUSIVE)));
    validate(xml);
    assertThat(xml)
        .contains("tests=\"7\" failures=\"0\" errors=\"1\"")
        .contains("<error message=\"Interrupted after 6 of 131 recipes\" type=\"INCOMPLETE\"");
    assertThat(XML).doesNotContain("INCOMPLETE");
  }

  @Test
  void countsByVerdict() throws Exception {
    Element suite = suite();
    assertThat(suite.getTagName()).isEqualTo("testsuite");
    assertThat(suite.getAttribute("tests")).isEqualTo("8");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("3");
    assertThat(suite.getAttribute("time")).isEqualTo("83.450");
    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-05-01T09:30:00");
  }

  @Test
  void failsWhatIsVulnerable() throws Exception {
    Element failure = only(testCase(1), "failure");
    assertThat(testCase(1).getAttribute("name")).isEqualTo("A1-19 code-replay");
    assertThat(testCase(1).getAttribute("classname")).isEqualTo("countersign.attack.A1");
    assertThat(failure.getAttribute("type")).isEqualTo("VULNERABLE");
    assertThat(failure.getTextContent())
        .contains("the same code again: answered 200", "in one atomic step.")
        .doesNotContain("the token is dead");
  }

  @Test
  void makesInconclusiveAnErrorAndSkipsWhatWasNotRun() throws Exception {
    assertThat(only(testCase(4), "error").getTextContent()).contains("a person agrees");
    assertThat(only(testCase(5), "skipped").getAttribute("message")).isEqualTo("needs a listener");
  }

  @Test
  void letsOddAndResidualPassAndSaysWhy() throws Exception {
    assertThat(only(testCase(2), "system-out").getTextContent())
        .startsWith("SECURE BUT ODD CODE: the same assertion: answered 400");
    assertThat(only(testCase(3), "system-out").getTextContent()).contains("AM-7.7 section 2");
    assertThat(testCase(0).getElementsByTagName("*").getLength()).isZero();
  }

  @Test
  void keepsWhatServersSayAsText() throws Exception {
    assertThat(only(testCase(1), "failure").getAttribute("message"))
        .contains("<script>alert(1)</script> [9/9]", "]]>&\"'")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void writesNumbersAlikeEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(JunitReport.of(SampleFindings.all())).isEqualTo(XML);
    } finally {
      Locale.setDefault(before);
    }
  }
}
