package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void escapesWhatItShows() {
    StringOutput output = new StringOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("hello.jte", "<b>", output);
    assertThat(output.toString()).contains("&lt;b&gt;");
  }
}
