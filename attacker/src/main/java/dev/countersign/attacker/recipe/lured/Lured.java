package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The client under test, the attacker's server, and browsers that go between them. */
final class Lured {
  private static final int MAX_STEPS = 6;

  private final Lab lab;
  private final ClientUnderTest app;
  private final HostileServer hostile;

  Lured(Lab lab) throws IOException {
    this(lab, lab.clientUnderTest());
  }

  /** The same of this client. */
  Lured(Lab lab, ClientUnderTest app) throws IOException {
    this(lab, app, new HostileServer(lab, lab.listener()));
  }

  /** The same, of a server that plays already. */
  Lured(Lab lab, ClientUnderTest app, HostileServer hostile) {
    this.lab = lab;
    this.app = app;
    this.hostile = hostile;
  }

  ClientUnderTest app() {
    return app;
  }

  HostileServer hostile() {
    return hostile;
  }

  UserAgent browser() throws IOException {
    return lab.luredBrowser(app);
  }

  /** A browser that keeps from the client what the target answers. */
  UserAgent stopping() throws IOException {
    return lab.luredBrowser(app, app.callbackHonest());
  }

  /** Who is logged in to the client in this browser, as the client says it; empty if nobody is. */
  Optional<String> who(UserAgent browser) throws IOException {
    Answer answer = browser.get(app.whoami());
    return answer.status() == 200 ? Optional.of(answer.text()) : Optional.empty();
  }

  /**
   * The thumbprint of the key to which the tokens of this browser's session are bound, as the
   * client says it beside the {@code sub}; empty if it does not.
   */
  Optional<String> boundTo(UserAgent browser) throws IOException {
    return browser.get(app.whoami()).member("jkt");
  }

  /** Who is logged in and what the attacker got, as words for a report. */
  String found(UserAgent browser) throws IOException {
    boolean in = who(browser).isPresent();
    return (in ? "somebody" : "nobody")
        + " is logged in to the client, and "
        + hostile.redemptions().size()
        + " codes reached the attacker";
  }

  /** Begins a flow as a person does, and says where the client sends the browser. */
  URI begin(UserAgent browser, URI start) throws IOException {
    Answer at = browser.get(start);
    for (int i = 0; i < MAX_STEPS; i++) {
      Optional<URI> to = at.location();
      if (to.isPresent() && !isApp(to.get())) {
        return to.get();
      }
      Optional<UserAgent.Filled> form =
          at.isSuccess() ? UserAgent.fill(at, lab.victim()) : Optional.empty();
      if (to.isPresent()) {
        at = browser.get(to.get());
      } else if (form.isPresent()) {
        at = browser.post(form.get().action(), form.get().form(), List.of());
      } else {
        break;
      }
    }
    throw new TwinFailedException("the client began no flow, but answered " + at.brief());
  }

  private boolean isApp(URI to) {
    return String.valueOf(to.getRawAuthority()).equals(app.startHonest().getRawAuthority());
  }

  /** The positive twin: who comes by the attacker's server is logged in, as its person. */
  UserAgent twinHostile(Play play) throws IOException {
    return play.twin(
        "a flow with the attacker's server that behaves logs its person in",
        () -> {
          UserAgent browser = browser();
          Landing at = browser.authorize(app.startHostile(), lab.victim());
          if (who(browser).filter(text -> text.contains(hostile.sub())).isEmpty()) {
            throw new TwinFailedException(
                "nobody is logged in to the client, and the browser is at " + UserAgent.brief(at));
          }
          return browser;
        });
  }

  /** The positive twin: who comes by the target's server is logged in. */
  UserAgent twinHonest(Play play, TestUser user) throws IOException {
    return play.twin(
        "a flow with the target's server logs its person in",
        () -> {
          UserAgent browser = browser();
          Landing at = browser.authorize(app.startHonest(), user);
          if (who(browser).isEmpty()) {
            throw new TwinFailedException(
                "nobody is logged in to the client, and the browser is at " + UserAgent.brief(at));
          }
          return browser;
        });
  }

  /** Whether the client shows in this browser that the attacker's resource said so. */
  boolean reads(UserAgent browser, String said) throws IOException {
    Answer shown = browser.get(app.dataHostile().orElseThrow());
    return shown.isSuccess() && shown.text().contains(said);
  }

  /** The positive twin: the client reads what the attacker's resource says. */
  void twinReads(Play play, UserAgent browser, String said) throws IOException {
    play.twin(
        "the client reads what the attacker's resource says",
        () -> {
          if (!reads(browser, said)) {
            throw new TwinFailedException("the client does not show what the resource said");
          }
          return browser;
        });
  }

  /** What the target answers to a flow that this browser began, kept from the client. */
  Landing.Back answered(UserAgent stopping, TestUser user) throws IOException {
    Landing landing = stopping.authorize(app.startHonest(), user);
    if (landing instanceof Landing.Back back && back.to().getRawQuery() != null) {
      return back;
    }
    throw new TwinFailedException("no code came back, but " + UserAgent.brief(landing));
  }

  /** A flow with the attacker's server, which misbehaves: nobody must be logged in by it. */
  void refusesLogin(Play play, String what, Script script, String rule) throws IOException {
    hostile.play(script);
    int before = hostile.redemptions().size();
    UserAgent browser = browser();
    browser.authorize(app.startHostile(), lab.victim());
    hostile.play(Script.RIGHT);
    if (hostile.redemptions().size() == before) {
      play.unclear(what, "the client did not ask the attacker's server for tokens", rule);
    } else {
      boolean out = who(browser).isEmpty();
      play.holds(what, out, out ? "nobody is logged in" : "somebody is logged in", rule);
    }
  }

  /** The same, and no code must be redeemed. */
  void refusesAnswer(Play play, String what, Script script, String rule) throws IOException {
    hostile.play(script);
    int before = hostile.redemptions().size();
    int back = hostile.sentBack();
    UserAgent browser = browser();
    browser.authorize(app.startHostile(), lab.victim());
    hostile.play(Script.RIGHT);
    if (hostile.sentBack() == back) {
      play.unclear(what, "the browser did not come to the attacker's server", rule);
      return;
    }
    boolean silent = hostile.redemptions().size() == before;
    String code = silent ? "no code was redeemed" : "the client redeemed the code";
    boolean out = who(browser).isEmpty();
    play.holds(what, silent && out, code + (out ? "" : ", and somebody is logged in"), rule);
  }

  /** Whether a code came to the attacker's token endpoint. */
  boolean redeemed(String code) {
    return hostile.redemptions().stream()
        .map((Form form) -> form.values("code"))
        .anyMatch(those -> those.contains(code));
  }
}
