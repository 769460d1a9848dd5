package dev.countersign.demo.tour;

import dev.countersign.requirement.RequirementId;
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
   */
  record Opening(URI issuer, URI bank, String crypto) implements TourLine {}

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
   * A name and a value that may be shown: secrets are shortened.
   *
   * @param name a parameter, claim or field
   * @param value its text
   */
  record Detail(String name, String value) {}

  /**
   * A signed object.
   *
   * @param what for example {@code DPoP proof}
   * @param algorithm the JOSE name
   * @param signer whose key verified it
   * @param key the beginning of the key's thumbprint; empty if nobody is known for it
   * @param claims the claims that tell something
   */
  record Signed(String what, String algorithm, String signer, String key, List<Detail> claims) {

    /** Copies the list. */
    public Signed {
      claims = List.copyOf(claims);
    }
  }

  /**
   * Something that was to be seen in a message.
   *
   * @param id the requirement it belongs to
   * @param what the sight, a short sentence
   */
  record Sight(RequirementId id, String what) {}

  /**
   * Why a request was refused, as the refusing party itself says.
   *
   * @param rule the requirement that was not met
   * @param description the public text
   */
  record Refused(RequirementId rule, String description) {}

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
