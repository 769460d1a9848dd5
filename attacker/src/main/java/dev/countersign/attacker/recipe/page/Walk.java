package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person's way through the pages of one authorization, page by page.
 *
 * @param pages the pages, in their order
 * @param forms how each was filled in
 * @param posts what each form was answered
 * @param end where it ended
 */
record Walk(List<Answer> pages, List<Filled> forms, List<Answer> posts, Landing end) {
  private static final int MOST = 10;

  /** Goes all the way. */
  static Walk through(UserAgent browser, URI url, TestUser user) throws IOException {
    return through(browser, url, user, MOST);
  }

  /** Goes as far as the page of this number, counted from 0, and leaves its form as it is. */
  static Walk through(UserAgent browser, URI url, TestUser user, int last) throws IOException {
    List<Answer> pages = new ArrayList<>();
    List<Filled> forms = new ArrayList<>();
    List<Answer> posts = new ArrayList<>();
    Landing at = browser.open(url);
    while (at instanceof Landing.Shown shown && pages.size() < MOST) {
      pages.add(shown.page());
      Optional<Filled> filled = UserAgent.fill(shown.page(), user);
      if (filled.isEmpty() || shown.page().status() >= 400) {
        break;
      }
      forms.add(filled.get());
      if (pages.size() > last) {
        break;
      }
      Answer posted = browser.post(filled.get().action(), filled.get().form(), List.of());
      posts.add(posted);
      at = browser.follow(posted);
    }
    if (last < MOST && pages.size() <= last) {
      throw new NotApplicableException("page " + (last + 1) + " is not shown a second time");
    }
    return new Walk(pages, forms, posts, at);
  }

  /** It ended at the client, with a code. */
  boolean isDone() {
    return end instanceof Landing.Back back && back.code().isPresent();
  }

  /**
   * The form of the last page.
   *
   * @throws NotApplicableException if that page has none
   */
  Filled lastForm() throws NotApplicableException {
    if (forms.isEmpty() || forms.size() < pages.size()) {
      throw new NotApplicableException("page " + pages.size() + " has no form to send");
    }
    return forms.getLast();
  }

  /** Goes on from where a browser is, until it is back or there is nothing more to do. */
  static Landing onward(UserAgent browser, Landing from, TestUser user) throws IOException {
    Landing at = from;
    for (int i = 0; i < MOST && at instanceof Landing.Shown shown; i++) {
      Optional<Filled> filled = UserAgent.fill(shown.page(), user);
      if (filled.isEmpty() || shown.page().status() >= 400) {
        return at;
      }
      at = browser.submit(filled.get());
    }
    return at;
  }
}
