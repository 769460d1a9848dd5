package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes of the servlet filter with what is read before it, and with what goes out after it. */
final class ServletSigningMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "resource-servlet",
              "resource.servlet.RequestContent",
              "said >= 0 ? said != bytes.length : bytes.length == 0 && isMissing(finished)",
              "false",
              "HS-5.3.1.2-8",
              "ATT-66"),
          in(
              "resource-servlet",
              "resource.servlet.RequestContent",
              "bytes.length == 0 && isMissing(finished)",
              "false",
              "HS-5.3.1.2-8",
              "ATT-66"),
          in(
              "resource-servlet",
              "resource.servlet.CheckedRequest",
              "return read.all();",
              "return super.getParameterMap();",
              "HS-5.3.1.2-8",
              "ATT-66"),
          in(
              "resource-servlet",
              "resource.servlet.CheckedRequest",
              ".filter(before -> before.queries().equals(queries))",
              "",
              "HS-5.3.1.2-8",
              "ATT-66"),
          in(
              "resource-servlet",
              "resource.servlet.CheckedRequest",
              "return Map.of();",
              "return super.getTrailerFields();",
              "HS-5.3.1.2-8",
              "ATT-66"),
          in(
              "resource-servlet",
              "resource.servlet.SignedAnswer",
              "content = signedDifferently(response, content);",
              "",
              "HS-5.3.2.1-1"),
          in(
              "resource-servlet",
              "resource.servlet.SignedAnswer",
              "if (response.isCommitted()) {",
              "if (false) {",
              "HS-5.3.2.1-1"),
          in(
              "resource-servlet",
              "resource.servlet.SignedAnswer",
              "fields.add(Map.entry(\"Content-Type\", type));",
              "",
              "HS-5.3.2.1-N"),
          in(
              "resource-servlet",
              "resource.servlet.SignedAnswer",
              "    dropWhatWasBegun(response);\n",
              "",
              "HS-5.3.2.1-1",
              "HS-5.3.2.1-7"),
          in(
              "resource-servlet",
              "resource.servlet.SignedAnswer",
              "response.flushBuffer();",
              "",
              "HS-5.3.2.1-1",
              "HS-5.3.2.1-4"),
          in(
              "resource-servlet",
              "resource.servlet.SignedAnswer",
              "new TreeSet<>(String.CASE_INSENSITIVE_ORDER)",
              "new TreeSet<>()",
              "HS-5.3.2.1-1",
              "HS-5.3.2.1-N"),
          in(
              "resource-servlet",
              "resource.servlet.KeptAnswer",
              "super.setHeader(LANGUAGE, locale == null ? null : locale.toLanguageTag());",
              "",
              "HS-5.3.2.1-N"),
          in(
              "resource-servlet",
              "resource.servlet.KeptAnswer",
              "    ended = true;\n",
              "",
              "HS-5.3.2.1-1"),
          in(
              "resource-servlet",
              "resource.servlet.KeptAnswer",
              "? FieldValues.uri(value) : value",
              "? value : value",
              "HS-5.3.2.1-1",
              "HS-5.3.2.1-N"),
          in(
              "resource-servlet",
              "resource.servlet.PlainAnswer",
              "if (!base(response).getClass().getName().startsWith(TOMCAT)) {",
              "if (!base(response).getClass().getName().startsWith(\"none\")) {",
              "HS-5.3.2.1-1"),
          in(
              "resource-servlet",
              "resource.servlet.SignedListener",
              "context instanceof SignedAsync ? context : new SignedAsync(context, answer)",
              "context",
              "HS-5.3.2.1-1"),
          in(
              "resource-servlet",
              "resource.servlet.ResourceFilter",
              "in.signsResponse() && SignedAnswer.of(answer).isEmpty()",
              "false && SignedAnswer.of(answer).isEmpty()",
              "HS-5.3.2.1-1"));

  private ServletSigningMutants() {}
}
