package dev.countersign.server.interaction;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.details.Offer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a person picked on the consent page.
 *
 * @param asks the details that were shown
 * @param chosen for each of them the places of what was picked in its offer
 * @param fits whether a detail with what was picked is one that its type has a place for
 */
record Picks(
    List<Asks.DetailAsk> asks, List<Set<Integer>> chosen, Predicate<AuthorizationDetail> fits) {
  private static final String PREFIX = "pick-";

  /** Copies the lists. */
  Picks {
    asks = List.copyOf(asks);
    chosen = chosen.stream().map(Set::copyOf).toList();
  }

  /** What is picked before the person has said anything; whether that fits is not looked at. */
  static Picks preset(List<Asks.DetailAsk> asks) {
    return new Picks(
        asks,
        asks.stream().map(ask -> ask.offer().map(Picks::preset).orElse(Set.of())).toList(),
        _ -> true);
  }

  private static Set<Integer> preset(Offer offer) {
    Set<Integer> all = new TreeSet<>();
    for (int i = 0;
        offer.preset() && i < (offer.choose().many() ? offer.choices().size() : 1);
        i++) {
      all.add(i);
    }
    return all;
  }

  /**
   * Reads what was picked.
   *
   * @throws RefusalException if the form picks what was not offered
   */
  @Enforces({"RAR-7.1-1"})
  static Picks of(List<Asks.DetailAsk> asks, Form form, Predicate<AuthorizationDetail> fits) {
    Set<String> unread = new HashSet<>(form.names());
    unread.removeIf(name -> !name.startsWith(PREFIX));
    List<Set<Integer>> chosen = new ArrayList<>();
    for (int at = 0; at < asks.size(); at++) {
      Set<Integer> picked = new TreeSet<>();
      Optional<Offer> offer = asks.get(at).offer();
      for (int i = 0; offer.isPresent() && i < offer.get().choices().size(); i++) {
        String name = name(offer.get(), at, i);
        if (form.value(name).filter(value(i)::equals).isPresent()) {
          picked.add(i);
          unread.remove(name);
        }
      }
      chosen.add(picked);
    }
    if (!unread.isEmpty()) {
      throw notOffered();
    }
    return new Picks(asks, chosen, fits);
  }

  private static RefusalException notOffered() {
    return Trouble.UNREADABLE
        .refusal("RAR-7.1-1")
        .withDetail(Refusal.mismatch("a choice", "not offered", "one of the page"))
        .exception();
  }

  /** The name of the field of a choice: several can be picked only under names of their own. */
  static String name(Offer offer, int at, int choice) {
    return PREFIX + at + (offer.choose().many() ? "-" + choice : "");
  }

  /** The value of the field of a choice. */
  static String value(int choice) {
    return Integer.toString(choice);
  }

  /** Whether something is still to be picked for the detail at this place. */
  boolean lacks(int at) {
    return asks.get(at).offer().isPresent() && chosen.get(at).isEmpty();
  }

  /** Whether the choice is still to be made: nothing is picked, or what does not go together. */
  @Enforces({"RAR-5-1"})
  boolean isOpen(int at) {
    return lacks(at) || (asks.get(at).offer().isPresent() && !fits.test(detail(at)));
  }

  private AuthorizationDetail detail(int at) {
    AuthorizationDetail asked = asks.get(at).detail();
    return asks.get(at).offer().map(offer -> offer.enrich(asked, chosen.get(at))).orElse(asked);
  }

  /** Whether a choice is picked. */
  boolean has(int at, int choice) {
    return chosen.get(at).contains(choice);
  }

  /** The details as they are allowed; empty as long as a choice is still to be made. */
  Optional<AuthorizationDetails> details() {
    List<AuthorizationDetail> details = new ArrayList<>();
    for (int at = 0; at < asks.size(); at++) {
      if (isOpen(at)) {
        return Optional.empty();
      }
      details.add(detail(at));
    }
    return Optional.of(new AuthorizationDetails(details.stream().distinct().toList()));
  }
}
