package dev.countersign.attacker.report;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.wire.Texts;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * For build servers: JUnit XML, one suite with one case for each recipe. What is vulnerable is a
 * failure, what is inconclusive an error, what was not run is skipped; what is residual or odd
 * passes, and its output says why. A run that did not come to its end has one case more, an error
 * that says so.
 */
public final class JunitReport {
  private static final String CLASS_NAMES = "countersign.attack.";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final XMLStreamWriter xml;

  private JunitReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** The run as JUnit XML. */
  public static String of(Findings findings) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JunitReport(xml).suite(findings);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text in memory cannot be written", e);
    }
    return text.toString();
  }

  private void suite(Findings findings) throws XMLStreamException {
    int early = findings.end().isPresent() ? 1 : 0;
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", "countersign attack");
    attribute("tests", String.valueOf(findings.results().size() + early));
    attribute("failures", String.valueOf(findings.count(Verdict.VULNERABLE)));
    attribute("errors", String.valueOf(findings.count(Verdict.INCONCLUSIVE) + early));
    attribute("skipped", String.valueOf(findings.count(Verdict.NOT_RUN)));
    attribute("time", BigDecimal.valueOf(findings.took().toMillis(), 3).toPlainString());
    attribute("timestamp", TIMESTAMP.format(findings.began()));
    xml.writeStartElement("properties");
    property("issuer", findings.issuer());
    property("requests", String.valueOf(findings.requests()));
    xml.writeEndElement();
    if (findings.end().isPresent()) {
      xml.writeCharacters("\n");
      ended(findings.end().get());
    }
    for (Result result : findings.results()) {
      xml.writeCharacters("\n");
      testCase(result);
    }
    xml.writeCharacters("\n");
    xml.writeEndDocument();
  }

  private void property(String name, String value) throws XMLStreamException {
    xml.writeEmptyElement("property");
    attribute("name", name);
    attribute("value", value);
  }

  private void ended(Findings.EarlyEnd end) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", CLASS_NAMES + "run");
    attribute("name", "the run comes to its end");
    xml.writeEmptyElement("error");
    attribute("message", end.brief());
    attribute("type", "INCOMPLETE");
    xml.writeEndElement();
  }

  private void testCase(Result result) throws XMLStreamException {
    About about = result.about();
    xml.writeStartElement("testcase");
    attribute("classname", CLASS_NAMES + firstAttacker(about));
    attribute("name", about.id() + " " + about.name());
    switch (result.verdict()) {
      case VULNERABLE -> fault("failure", result);
      case INCONCLUSIVE -> fault("error", result);
      case NOT_RUN -> {
        xml.writeEmptyElement("skipped");
        attribute("message", result.reason());
      }
      case RESIDUAL, SECURE_BUT_ODD_CODE -> {
        xml.writeStartElement("system-out");
        xml.writeCharacters(Texts.lines(told(result)));
        xml.writeEndElement();
      }
      case SECURE -> {}
    }
    xml.writeEndElement();
  }

  private void fault(String element, Result result) throws XMLStreamException {
    xml.writeStartElement(element);
    attribute("message", result.reason());
    attribute("type", result.verdict().name());
    xml.writeCharacters(Texts.lines(told(result)));
    xml.writeEndElement();
  }

  private static String firstAttacker(About about) {
    return about.attackers().stream().sorted().map(Attacker::id).findFirst().orElseThrow();
  }

  /** The verdict, what was found, by which rule, what it means and what to change. */
  private static String told(Result result) {
    About about = result.about();
    String steps =
        result.steps(result.verdict()).stream().map(Words::found).collect(Collectors.joining("\n"));
    String found = steps.isEmpty() ? result.reason() : steps;
    String advice =
        Advice.of(result)
            .map(one -> "\nmeans: " + one.means() + "\nchange: " + one.change())
            .orElse("");
    return "%s: %s\nrule: %s, %s%s"
        .formatted(result.verdict().title(), found, about.rule(), about.defence(), advice);
  }

  /** Each is the text of others, or may hold it. */
  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, Texts.oneLine(Texts.lines(value), 2000));
  }
}
