package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.recipe.signing.Draft.Part;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Signatures of a text that is nearly, and not exactly, that of the request. */
final class OddSignatureBase implements Recipe {
  private static final String RULE = "SIG-5";
  private static final String IDENTIFIER = "SIG-2";
  private static final String DERIVED = "SIG-3";
  private static final String FIELD = "SIG-4";
  private static final String NOTE = "x-note";
  private static final String PARAMETERS = "\"@signature-params\": ";

  @Override
  public About about() {
    return About.of("S-11", "sig-canonical")
        .by(Attacker.A1, Attacker.A2, Attacker.A5)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION)
        .needs(Need.SIGNED_RESOURCE, Need.USER)
        .stoppedBy(RULE, "what is verified is the text that RFC 9421 makes of the request")
        .means("A request is read otherwise than it was signed, or another passes for it.")
        .change("Make the base from the request as it came, as RFC 9421 sections 2 and 2.5 say.");
  }

  private record Variant(String rule, String what, UnaryOperator<Draft> change) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Signing signing = Signing.of(play, lab);
    for (Variant variant : bases()) {
      play.refused(
          variant.what(), signing.call(variant.change()).send(), Signing.unsigned(variant.rule()));
    }
    for (Variant variant : identifiers()) {
      Signing.odd(play, variant.what(), signing.call(variant.change()).send(), variant.rule());
    }
    urls(play, signing);
    fields(play, signing);
    folded(play, signing, lab);
    play.passes(
        "path and query beside what must be signed",
        signing.call(OddSignatureBase::withPath).send(),
        DERIVED);
    play.twin("a right request is taken still", signing.call().send());
  }

  private static List<Variant> bases() {
    return List.of(
        new Variant(RULE, "the method in lower case", right -> right.put("@method", "get")),
        new Variant(RULE, "another method", right -> right.put("@method", "POST")),
        new Variant(RULE, "a space behind the method", right -> right.put("@method", "GET ")),
        new Variant(
            RULE,
            "the scheme of the token in lower case",
            right -> right.put("authorization", lower(right.value("authorization")))),
        new Variant(
            RULE,
            "a space behind the token",
            right -> right.put("authorization", right.value("authorization") + " ")),
        new Variant(RULE, "a line end at the end", right -> right.base(text -> text + "\n")),
        new Variant(
            RULE, "CR LF between lines", right -> right.base(text -> text.replace("\n", "\r\n"))),
        new Variant(RULE, "lines in another order", right -> right.base(OddSignatureBase::swapped)),
        new Variant(
            RULE,
            "parameters in another order",
            right -> right.base(text -> described(text, reversed(right).member()))),
        new Variant(
            RULE,
            "another created than the field has",
            right -> right.base(text -> described(text, right.parameter("created", "1").member()))),
        new Variant(
            RULE,
            "without the line of parameters",
            right -> right.base(text -> text.substring(0, text.lastIndexOf('\n')))),
        new Variant(
            IDENTIFIER,
            "the method twice, once another",
            right -> right.and(Part.of("@method", "POST"))),
        new Variant(
            IDENTIFIER,
            "a member of what has no members",
            right -> right.put("authorization", new Part("\"authorization\";key=\"a\"", "1"))));
  }

  private static String lower(String authorization) {
    int space = authorization.indexOf(' ');
    return authorization.substring(0, space).toLowerCase(Locale.ROOT)
        + authorization.substring(space);
  }

  private static String swapped(String base) {
    List<String> lines = new ArrayList<>(List.of(base.split("\n", -1)));
    lines.add(1, lines.removeFirst());
    return String.join("\n", lines);
  }

  private static String described(String base, String member) {
    return base.substring(0, base.lastIndexOf(PARAMETERS)) + PARAMETERS + member;
  }

  private static Draft reversed(Draft right) {
    Draft turned = right;
    for (Map.Entry<String, String> one :
        new LinkedHashMap<>(right.parameters()).reversed().entrySet()) {
      turned = turned.withoutParameter(one.getKey()).parameter(one.getKey(), one.getValue());
    }
    return turned;
  }

  /** All of it is signed, though not by the names that it must have. */
  private static List<Variant> identifiers() {
    return List.of(
        named("authorization", "\"authorization\";sf"),
        new Variant(
            IDENTIFIER,
            "\"authorization\";bs",
            right ->
                right.put(
                    "authorization",
                    new Part("\"authorization\";bs", bytes(right.value("authorization"))))),
        named("authorization", "\"authorization\";tr"),
        named("authorization", "\"Authorization\""),
        named("@method", "\"@method\";req"),
        named("@method", "\"@method\";unknown"),
        named("@method", "\"@METHOD\""),
        named("@method", "@method"),
        new Variant(IDENTIFIER, "a component twice", right -> right.and(Part.of("@method", "GET"))),
        new Variant(IDENTIFIER, "a field that is not there", right -> right.and(Part.of(NOTE, ""))),
        new Variant(
            DERIVED, "the status of a request", right -> right.and(Part.of("@status", "200"))),
        new Variant(
            DERIVED, "a part that nobody defined", right -> right.and(Part.of("@person", "1"))),
        new Variant(
            "SIG-6",
            "the parameters among the components",
            right -> right.and(Part.of("@signature-params", right.member()))));
  }

  private static Variant named(String name, String identifier) {
    return new Variant(
        IDENTIFIER, identifier, right -> right.put(name, new Part(identifier, right.value(name))));
  }

  private static String bytes(String value) {
    return ":" + Base64.getEncoder().encodeToString(Line.latin1(value)) + ":";
  }

  /** The URL is signed as it is sent, each character of it. */
  private static void urls(Play play, Signing signing) throws IOException {
    URI url = signing.resource().url();
    URI queried = with(url, "note=%7e%2B");
    String right = queried.toString();
    play.passes("a query with escapes", signing.call(draft -> draft).at(queried).send(), DERIVED);
    for (Map.Entry<String, String> other :
        List.of(
            Map.entry("without its query", url.toString()),
            Map.entry("with another query", right.replace("note=", "page=")),
            Map.entry("with escapes decoded", right.replace("%7e", "~")),
            Map.entry("with escapes in upper case", right.replace("%7e", "%7E")),
            Map.entry("with escapes decoded twice", right.replace("%2B", " ")),
            Map.entry(
                "by its path alone", right.substring(right.indexOf('/', "https://".length()))),
            Map.entry("of another host", right.replace(url.getRawAuthority(), "other.example")))) {
      play.refused(
          "a URL that was signed " + other.getKey(),
          signing.call(draft -> draft.put("@target-uri", other.getValue())).at(queried).send(),
          Signing.unsigned(DERIVED));
    }
    play.refused(
        "a query that was signed and is not there",
        signing.call(draft -> draft.put("@target-uri", right)).send(),
        Signing.unsigned(DERIVED));
  }

  private static URI with(URI url, String query) {
    return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + query);
  }

  /** A field in two lines is signed as one. */
  private static void fields(Play play, Signing signing) throws IOException {
    play.passes("a field in two lines", twice(signing, "one, two").send(), FIELD);
    play.passes(
        "a field with spaces around its value, and a name in upper case",
        signing.call(right -> right.and(Part.of(NOTE, "one"))).field("X-NOTE", "  one  ").send(),
        FIELD);
    for (String signed : List.of("one", "two", "two, one", "one,two", "one, two, one")) {
      play.refused(
          "a field of one and two that was signed as " + signed,
          twice(signing, signed).send(),
          Signing.unsigned(FIELD));
    }
    play.refused(
        "a field that was signed in upper case",
        signing.call(right -> right.and(Part.of(NOTE, "ONE"))).field("X-Note", "one").send(),
        Signing.unsigned(FIELD));
    play.refused(
        "a field that was signed with its spaces",
        signing.call(right -> right.and(Part.of(NOTE, "one  "))).field("X-Note", "one  ").send(),
        Signing.unsigned(FIELD));
  }

  private static ResourceCall twice(Signing signing, String signed) {
    return signing
        .call(right -> right.and(Part.of(NOTE, signed)))
        .field("X-Note", "one")
        .field("X-Note", "two");
  }

  /** RFC 9112 section 5.2 has a folded line refused, or read with spaces in place of the fold. */
  private static void folded(Play play, Signing signing, Lab lab) throws IOException {
    Answer read = folded(signing, lab, "one two");
    play.should(
        "a folded field that was signed with a space",
        read.closed().isPresent() || read.status() < 500,
        "answered " + read.brief(),
        FIELD);
    for (String signed : List.of("one", "two", "onetwo", "one\r\n two")) {
      play.refused(
          "a folded field that was signed as " + signed.replace("\r\n ", " CR LF "),
          folded(signing, lab, signed),
          Expected.refusal(FIELD).status(400, 401).orClosing());
    }
  }

  private static Answer folded(Signing signing, Lab lab, String signed) throws IOException {
    Caller client = signing.client();
    URI url = signing.resource().url();
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    String scheme = client.provesKey() ? "DPoP " : "Bearer ";
    fields.add(Map.entry("Authorization", scheme + signing.token()));
    if (client.provesKey()) {
      String proof = client.proof("GET", url, Optional.of(signing.token())).compact();
      fields.add(Map.entry("DPoP", proof));
    }
    Draft draft = Draft.right(lab, client.key(), "GET", url.toString(), fields);
    fields.addAll(Signing.fields(List.of(draft.and(Part.of(NOTE, signed)))));
    StringBuilder text =
        new StringBuilder("GET ").append(target(url)).append(" HTTP/1.1\r\nHost: ");
    text.append(url.getRawAuthority()).append("\r\nX-Note: one\r\n two\r\n");
    fields.forEach(
        one -> text.append(one.getKey()).append(": ").append(one.getValue()).append("\r\n"));
    text.append("Connection: close\r\n\r\n");
    return lab.line()
        .raw(
            Move.ATTACKER_RESOURCE_REQUEST,
            url,
            Line.latin1(text.toString()),
            client.client().certificate().filter(_ -> client.client().boundByCertificate()));
  }

  private static String target(URI url) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private static Draft withPath(Draft right) {
    URI url = URI.create(right.value("@target-uri"));
    return right
        .and(Part.of("@path", url.getRawPath().isEmpty() ? "/" : url.getRawPath()))
        .and(Part.of("@query", "?" + Optional.ofNullable(url.getRawQuery()).orElse("")));
  }
}
