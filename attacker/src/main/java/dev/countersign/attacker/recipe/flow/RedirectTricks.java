package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Redirect URIs that a careless comparison takes for the registered one. */
final class RedirectTricks implements Recipe {
  private static final String RULE = "BCP-2.1-1";
  private static final Expected EXPECTED = Expected.error(RULE, "invalid_request").status(400);

  @Override
  public About about() {
    return About.of("A1-10", "redirect-tricks")
        .also("ATT-15")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.CLIENT)
        .stoppedBy(RULE, "redirect URIs are compared as strings, exactly")
        .means("A code is sent to a place where the attacker reads it.")
        .change("Compare redirect_uri with the registered ones character by character.");
  }

  /** The parts of a redirect URI: {@code https://HOST[:PORT]PATH[?QUERY]}. */
  private record Parts(String host, String port, String path, String query) {
    static Parts of(URI uri) {
      String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return new Parts(
          uri.getHost(),
          uri.getPort() < 0 ? "" : ":" + uri.getPort(),
          path,
          uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    String at(String authority) {
      return "https://" + authority + path + query;
    }

    String to(String otherPath) {
      return "https://" + host + port + otherPath + query;
    }

    String own() {
      return host + port;
    }

    String whole() {
      return at(own());
    }

    String joined(String parameter) {
      return whole() + (query.isEmpty() ? "?" : "&") + parameter;
    }
  }

  private static Map<String, String> hosts(Parts right) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("user info before another host", right.at(right.own() + "@attacker.invalid"));
    all.put("user info before the right host", right.at("attacker@" + right.own()));
    all.put("a longer host", right.at(right.host() + ".attacker.invalid"));
    all.put("a host that ends alike", right.at("attacker" + right.own()));
    all.put("a subdomain", right.at("attacker." + right.own()));
    all.put("the host in capitals", right.at(right.own().toUpperCase(Locale.ROOT)));
    all.put("a dot after the host", right.at(right.host() + "." + right.port()));
    all.put("a letter that looks alike", right.at("\u0430" + right.own().substring(1)));
    all.put("a host in punycode", right.at("xn--" + right.host() + "-9za" + right.port()));
    all.put("another port", right.at(right.host() + ":8444"));
    if (right.port().isEmpty()) {
      all.put("the usual port, spelled out", right.at(right.host() + ":443"));
    }
    all.put("a backslash before another host", right.at("attacker.invalid\\@" + right.own()));
    all.put("a tab in the host", right.at(right.host() + "\t.attacker.invalid"));
    all.put("a NUL after the host", right.at(right.host() + "\u0000.attacker.invalid"));
    all.put("an encoded slash in the host", right.at("attacker.invalid%2f@" + right.own()));
    return all;
  }

  private static Map<String, String> paths(Parts right) {
    String path = right.path();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("a step up", right.to(path + "/../evil"));
    all.put("an encoded step up", right.to(path + "/%2e%2e/evil"));
    all.put("a twice encoded step up", right.to(path + "/%252e%252e/evil"));
    all.put("a step up with a backslash", right.to(path + "\\..\\evil"));
    all.put("a step to the same place", right.to("/." + path));
    all.put("a longer path", right.to(path + "/evil"));
    all.put("a slash after the path", right.to(path + "/"));
    all.put("a dot after the path", right.to(path + "."));
    all.put("two slashes", right.to("/" + path));
    all.put("a path parameter", right.to(path + ";evil"));
    all.put("the path in capitals", right.to(path.toUpperCase(Locale.ROOT)));
    all.put("an encoded letter of the path", right.to(encoded(path)));
    all.put("a further parameter", right.joined("to=https://attacker.invalid"));
    all.put("an empty query", right.query().isEmpty() ? right.whole() + "?" : right.whole() + "&");
    all.put("a fragment", right.whole() + "#evil");
    all.put("an empty fragment", right.whole() + "#");
    all.put("a space before", " " + right.whole());
    all.put("a line break after", right.whole() + "\r\n");
    all.put("two URIs", right.whole() + " https://attacker.invalid/");
    return all;
  }

  private static String encoded(String path) {
    String last = Integer.toHexString(path.charAt(path.length() - 1));
    return path.substring(0, path.length() - 1) + "%" + last;
  }

  private static Map<String, String> schemes(Parts right) {
    String rest = right.whole().substring("https".length());
    Map<String, String> all = new LinkedHashMap<>();
    all.put("the scheme in capitals", "HTTPS" + rest);
    all.put("no scheme", rest.substring(1));
    all.put("a scheme of an app", "com.attacker.app:/callback");
    return all;
  }

  /** What runs in the browser, and is wrong whomever the server trusts. */
  private static Map<String, String> scripts(Parts right) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("javascript:", "javascript://" + right.own() + "/%0aalert(1)");
    all.put("data:", "data:text/html,<script>location</script>");
    return all;
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    URI registered = client.client().redirectUri().uri();
    if (!"https".equals(registered.getScheme())) {
      throw new NotApplicableException("the redirect URI of the first client is not an https one");
    }
    Parts right = Parts.of(registered);
    play.twin("the registered redirect URI is taken", client::pushed);
    play.refused(
        "http: in place of https:",
        push(client, "http" + right.whole().substring("https".length())),
        Expected.error("SP-5.3.2.2-8", "invalid_request").status(400));
    Answer unregistered = push(client, "https://attacker.invalid/callback");
    if (unregistered.isSuccess()) {
      play.should(
          "a redirect URI that nobody registered",
          false,
          "taken: this server trusts what an authenticated client pushes (RFC 9126 section 2.4)",
          "PAR-9");
      tricks(play, client, registered, List.of(scripts(right)));
      return;
    }
    play.refused("a redirect URI that nobody registered", unregistered, EXPECTED);
    tricks(
        play,
        client,
        registered,
        List.of(hosts(right), paths(right), schemes(right), scripts(right)));
  }

  private static void tricks(
      Play play, Caller client, URI registered, List<Map<String, String>> all) throws IOException {
    for (Map<String, String> some : all) {
      for (Map.Entry<String, String> trick : some.entrySet()) {
        if (!trick.getValue().equals(registered.toString())) {
          play.refused(trick.getKey(), push(client, trick.getValue()), EXPECTED);
        }
      }
    }
  }

  private static Answer push(Caller client, String redirectUri) throws IOException {
    return client.attacking().push().but(call -> call.set("redirect_uri", redirectUri)).send();
  }
}
