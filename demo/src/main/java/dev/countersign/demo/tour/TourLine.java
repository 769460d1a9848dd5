package dev.countersign.demo.tour;

import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Detail;
import dev.countersign.demo.story.Refused;
import dev.countersign.demo.story.Sight;
import dev.countersign.demo.story.Signed;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that the tour tells. How it looks is the business of {@link TourPrinter}. */
public sealed interface TourLine {

  /**
   * The stage is set.
   *
   * @param issuer the authorization server
   * @param bank the bank's API
   * @param crypto who does the cryptography
   * @param signing what is signed
   */
  record Opening(URI issuer, URI bank, String crypto, Signing signing) implements TourLine {}

  /**
   * A new step begins.
   *
   * @param number from 1
   * @param title what happens in it
   */
  record Chapter(int number, String title) implements TourLine {}

  /** A sentence to the reader. */
  record Note(String text) implements TourLine {}

  /**
   * One exchange, decoded.
   *
   * @param number from 1
   * @param kind what it is, a word of our script such as {@code token}
   * @param from who asked
   * @param to who answered
   * @param method HTTP method
   * @param url without query
   * @param status HTTP status
   * @param sends what the request says
   * @param signed what is signed in it and in the answer
   * @param answers what the answer says
   * @param refused the reason, if it was refused
   * @param meets what was to be seen and was seen
   * @param misses what was to be seen and was not
   */
  record Message(
      int number,
      String kind,
      Party from,
      Party to,
      String method,
      URI url,
      int status,
      List<Detail> sends,
      List<Signed> signed,
      List<Detail> answers,
      Optional<Refused> refused,
      List<Sight> meets,
      List<Sight> misses)
      implements TourLine {

    /** Copies the lists. */
    public Message {
      sends = List.copyOf(sends);
      signed = List.copyOf(signed);
      answers = List.copyOf(answers);
      meets = List.copyOf(meets);
      misses = List.copyOf(misses);
    }
  }

  /**
   * An attack was refused.
   *
   * @param attack what was tried
   * @param refused by which rule
   * @param requirement what that rule says
   */
  record AttackRefused(String attack, Refused refused, String requirement) implements TourLine {}

  /**
   * The end.
   *
   * @param passed whether all went as it must
   * @param failure what did not; present only if it did not pass
   * @param messages how many there were
   * @param requirements how many different requirements were seen to be met
   * @param attacksRefused how many attacks were refused
   * @param time from the start of the servers to the last message
   */
  record Summary(
      boolean passed,
      Optional<String> failure,
      int messages,
      int requirements,
      int attacksRefused,
      Duration time)
      implements TourLine {}
}
