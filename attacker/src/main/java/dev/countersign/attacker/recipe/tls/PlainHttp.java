package dev.countersign.attacker.recipe.tls;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.tls.TlsProbe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.NoAnswerException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/** The same servers without TLS. */
final class PlainHttp implements Recipe {
  private static final String RULE = "SP-5.2.1-1";

  @Override
  public About about() {
    return About.of("A2-03", "plain-http")
        .by(Attacker.A2)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION, Goal.SESSION_INTEGRITY)
        .stoppedBy(RULE, "endpoints are there over TLS alone")
        .means("Whoever controls the network reads and alters what goes to the server.")
        .change("Close plain HTTP, or answer it with a redirect to HTTPS and nothing else.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    TlsProbe probe = new TlsProbe(lab.wire());
    for (URI origin : Origins.all(lab)) {
      Origins.served(play, probe, origin);
    }
    for (URI url : Origins.urls(lab)) {
      int port = url.getPort() < 0 ? 443 : url.getPort();
      ask(play, lab, url, port);
      if (port != 80 && lab.target().bounds().allows(plain(url, 80))) {
        ask(play, lab, url, 80);
      }
    }
  }

  private static URI plain(URI origin, int port) {
    return URI.create("http://" + origin.getHost() + ":" + port + "/");
  }

  private static void ask(Play play, Lab lab, URI url, int port) throws IOException {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + url.getHost()
            + ":"
            + port
            + "\r\n"
            + "Connection: close\r\n\r\n";
    String what = "plain HTTP to " + url.getHost() + ":" + port + path;
    Answer answer;
    try {
      answer = lab.line().rawPlain(Move.OTHER, plain(url, port), Line.latin1(request));
    } catch (NoAnswerException e) {
      play.holds(what, true, "nobody answers", RULE);
      return;
    }
    boolean leads = answer.location().map(URI::getScheme).filter("https"::equals).isPresent();
    boolean served = answer.isSuccess() || (answer.isRedirect() && !leads);
    play.holds(what, !served, "answered " + answer.brief(), RULE);
    boolean bare =
        answer.headers().all("Set-Cookie").stream()
            .allMatch(cookie -> cookie.toLowerCase(Locale.ROOT).contains("secure"));
    play.holds(what + " sets no cookie for plain HTTP", bare, bare ? "none" : "it does", RULE);
  }
}
