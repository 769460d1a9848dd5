package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.AttackMutant.in;

import java.util.List;
import java.util.stream.Stream;

/**
 * Mistakes that the attacker has to find in a running deployment: each is named by the recipes that
 * must come out vulnerable.
 */
final class AttackMutants {
  private static final List<AttackMutant> PAGES =
      List.of(
          in(
              "server",
              "server.browser.Pages",
              "frame-ancestors\"\n          + \" 'none'",
              "frame-ancestors\"\n          + \" *",
              "A1-36"),
          in(
              "server",
              "server.refusal.AlwaysHeaders",
              ".with(\"X-Frame-Options\", \"DENY\")",
              ".with(\"X-Frame-Options\", \"DENY\").with(\"Access-Control-Allow-Origin\", \"*\")",
              "A1-39"),
          in(
              "server",
              "server.interaction.Gate",
              "return sent.filter(own.formToken(step)::equals).isPresent();",
              "return true;",
              "A1-33"),
          in(
                  "server",
                  "server.refusal.RequestEdge",
                  ".with(\"Strict-Transport-Security\", HSTS)",
                  "",
                  "A1-40")
              .odd(),
          in(
              "server",
              "server.authorize.ResponseModes",
              "case QUERY -> HttpResponse.redirect303(response.redirectTo(to));",
              "case QUERY -> HttpResponse.empty(307).with(\"Location\","
                  + " response.redirectTo(to).toASCIIString());",
              "A1-38"),
          in(
              "server",
              "server.interaction.LoginEndpoint",
              "yield Cookies.withSession(HttpResponse.redirect303(urls.interaction(own.id())),"
                  + " session);",
              """
              yield Cookies.withSession(
                  HttpResponse.redirect303(
                      form.value("return_to")
                          .map(java.net.URI::create)
                          .orElse(urls.interaction(own.id()))),
                  session);\
              """,
              "A1-12"),
          in(
              "server",
              "server.interaction.Accounts",
              "return user.filter(known -> right).map(UserConfig::subject);",
              """
              if (user.isEmpty()) {
                throw dev.countersign.server.browser.Trouble.UNREADABLE.refusal("PAR-1").exception();
              }
              return user.filter(known -> right).map(UserConfig::subject);\
              """,
              "A1-48"),
          in(
                  "server",
                  "server.browser.Pages",
                  "default-src 'none'",
                  "default-src 'unsafe-inline'",
                  "A1-37")
              .odd());

  private static final List<AttackMutant> NETWORK =
      List.of(
          in(
                  "edge",
                  "edge.StrictTls",
                  "    \"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\",\n",
                  "    \"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384\",\n",
                  "A2-02")
              .odd(),
          in(
              "edge",
              "edge.StrictTls",
              """
              private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

                /** RFC 8446 section 9.1, then exactly those of RFC 9325 section 4.2; ours by preference. */
                private static final String[] SUITES = {
              """,
              """
              private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2", "TLSv1.1"};

                private static final String[] SUITES = {
                  "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
              """,
              "A2-01"));

  private AttackMutants() {}

  /** All of them. */
  static List<AttackMutant> all() {
    return Stream.of(PAGES, NETWORK).flatMap(List::stream).toList();
  }

  /** A few, of every kind, for the build that everybody runs. */
  static List<AttackMutant> few() {
    return List.of(PAGES.getFirst(), NETWORK.getLast());
  }
}
