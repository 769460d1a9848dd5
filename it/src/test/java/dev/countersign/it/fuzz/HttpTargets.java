package dev.countersign.it.fuzz;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.server.browser.Cookies;
import dev.countersign.server.browser.SessionId;
import dev.countersign.server.text.Texts;
import dev.countersign.server.text.Wording;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Forms and header fields. */
final class HttpTargets {
  private static final Texts TEXTS = Texts.builtIn();

  static final List<Target<?>> ALL =
      List.of(
          new Target<>(
                  "form-body",
                  Set.of(RefusalException.class),
                  Form::parseBody,
                  (form, input) -> sameForm(form, Target.text(input)))
              .withSecrets(HttpTargets::values),
          Target.ofText(
                  "query", Set.of(RefusalException.class), Form::parseQuery, HttpTargets::sameForm)
              .withSecrets(HttpTargets::values),
          Target.ofText(
              "challenges",
              Set.of(),
              input -> Challenge.parse(List.of(input.split("\n", -1))),
              HttpTargets::sameChallenges),
          Target.ofText(
                  "presented-token",
                  Set.of(RefusalException.class),
                  HttpTargets::token,
                  HttpTargets::sameToken)
              .withSecrets(HttpTargets::tokens),
          Target.ofText(
              "accept",
              Set.of(),
              input -> IntrospectionJwt.isAskedFor(fields("Accept", input)),
              HttpTargets::isAskedFor),
          Target.ofText(
              "accept-language",
              Set.of(),
              input -> TEXTS.choose(fields("Accept-Language", input)),
              HttpTargets::isWished),
          Target.ofText(
              "cookies",
              Set.of(),
              input -> Cookies.session(fields("Cookie", input)),
              HttpTargets::sameSession));

  private HttpTargets() {}

  /** The lines of an input, each a field of this name, less what no server lets by. */
  private static Headers fields(String name, String input) {
    return Headers.of(
        Stream.of(input.replace('\r', ' ').replace('\0', ' ').split("\n", -1))
            .map(value -> Map.entry(name, value))
            .toList());
  }

  private static List<String> values(String form) {
    return List.of(form.split("&", -1)).stream()
        .filter(pair -> pair.contains("="))
        .map(pair -> pair.substring(pair.indexOf('=') + 1))
        .toList();
  }

  private static void sameForm(Form form, String input) {
    Holds.equal(Form.parseQuery(form.encode()), form, "written and read again");
    Holds.equal(
        Form.parseBody(form.encode().getBytes(StandardCharsets.US_ASCII)), form, "as a body");
    Holds.linear(form.encode(), input);
    List<String> theirs = new ArrayList<>();
    for (String pair : input.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && equals < pair.length() - 1) {
        theirs.add(decoded(pair.substring(0, equals)) + "=" + decoded(pair.substring(equals + 1)));
      }
    }
    List<String> ours = new ArrayList<>();
    for (String name : form.names()) {
      form.values(name).forEach(value -> ours.add(name + "=" + value));
      Holds.that(
          form.values(name).size() == 1 || name.equals("resource"), "no other name comes twice");
    }
    Holds.equal(
        ours.stream().sorted().toList(),
        theirs.stream().sorted().toList(),
        "as the JDK decodes it");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void sameChallenges(List<Challenge> challenges, String input) {
    for (Challenge challenge : challenges) {
      Holds.equal(
          Challenge.parse(List.of(challenge.toHeader())), List.of(challenge), "one, read again");
    }
    String all = challenges.stream().map(Challenge::toHeader).collect(Collectors.joining(", "));
    if (all.length() <= 8192) {
      Holds.equal(Challenge.parse(List.of(all)), challenges, "all in one field");
    }
    Holds.linear(all, input);
  }

  /** The first line is the query, each other one an Authorization field. */
  private static PresentedToken token(String input) {
    int end = Math.max(input.indexOf('\n'), 0);
    return PresentedToken.read(
        fields("Authorization", input.substring(end).strip()),
        Optional.of(input.substring(0, end)).filter(query -> !query.isEmpty()));
  }

  private static List<String> tokens(String input) {
    return List.of(input.split("[ \n&=]+", -1));
  }

  private static void sameToken(PresentedToken presented, String input) {
    int end = Math.max(input.indexOf('\n'), 0);
    String field = input.substring(end).strip().replace('\r', ' ').replace('\0', ' ');
    Holds.that(!field.contains("\n"), "one field alone");
    Holds.that(field.endsWith(presented.token().reveal()), "the token stands at the end");
    String scheme = field.substring(0, field.length() - presented.token().reveal().length());
    Holds.equal(
        scheme.strip().toLowerCase(Locale.ROOT),
        presented.scheme().scheme().toLowerCase(Locale.ROOT),
        "the scheme");
    Holds.that(!presented.toString().contains(presented.token().reveal()), "no text holds it");
  }

  private static void isAskedFor(boolean asked, String input) {
    Holds.that(
        !asked || input.toLowerCase(Locale.ROOT).contains(IntrospectionJwt.MEDIA_TYPE),
        "nobody gets it who does not name it");
    Holds.that(
        IntrospectionJwt.isAskedFor(fields("Accept", input + "\n" + IntrospectionJwt.MEDIA_TYPE)),
        "whoever names it in a field of its own asks for it, whatever stands before");
    Holds.equal(
        IntrospectionJwt.isAskedFor(fields("Accept", input + "\ntext/html")),
        asked,
        "another type is no matter");
  }

  private static void isWished(Wording wording, String input) {
    Holds.that(TEXTS.tags().contains(wording.tag()), "a language that there is");
    Holds.that(
        wording.tag().equals("en")
            || input.toLowerCase(Locale.ROOT).replaceAll("[ \\r\\x00]", "").contains("de"),
        "nobody gets another language who does not name it");
  }

  private static void sameSession(Optional<SessionId> session, String input) {
    session.ifPresent(
        id -> {
          Holds.that(
              input.contains("__Host-countersign-session=" + id.reveal()), "it is in the field");
          Holds.equal(
              Cookies.session(
                  fields("Cookie", "a=b; __Host-countersign-session=" + id.reveal() + "; c=d")),
              session,
              "the same beside others");
          Holds.equal(
              Cookies.session(fields("Cookie", input + "; __Host-countersign-session=other")),
              Optional.empty(),
              "two are none");
        });
  }
}
