package dev.countersign.server.interaction;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.ConsentPart;
import dev.countersign.server.browser.Page;
import dev.countersign.server.details.Choice;
import dev.countersign.server.details.ConsentTemplates;
import dev.countersign.server.details.Explainer;
import dev.countersign.server.details.Offer;
import dev.countersign.server.text.Message;
import dev.countersign.server.text.VisibleText;
import dev.countersign.server.text.Wording;
import dev.countersign.store.Grant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the parts of the consent page that say what is asked for, in one language. */
final class ConsentParts {
  private final Asks asks;
  private final ConsentTemplates templates;
  private final AccessWords access;
  private final Wording words;
  private final Explainer explainer;

  ConsentParts(Asks asks, ConsentTemplates templates, AccessWords access, Wording words) {
    this.asks = asks;
    this.templates = templates;
    this.access = access;
    this.words = words;
    this.explainer = new Explainer(words);
  }

  /** A sentence each: what the scope allows, then the claims that are asked for one by one. */
  List<Page.Ask> asks() {
    List<Asks.Ask> told =
        asks.scopes().stream().filter(ask -> AccessWords.isTold(ask.value())).toList();
    boolean allBefore =
        Stream.concat(told.stream(), asks.claims().stream()).allMatch(Asks.Ask::allowedBefore);
    return Stream.concat(
            told.stream().map(ask -> ask(access.scope(ask.value(), words), ask, allBefore)),
            asks.claims().stream().map(ask -> ask(words.claim(ask.value()), ask, allBefore)))
        .toList();
  }

  /** Marked only where that tells parts from each other, or from what the grant has already. */
  private Page.Ask ask(String sentence, Asks.Ask ask, boolean allBefore) {
    Message mark = ask.allowedBefore() ? Message.CONSENT_BEFORE : Message.CONSENT_NEW;
    boolean said = isMerging() || (ask.allowedBefore() && !allBefore);
    return new Page.Ask(sentence, said ? Optional.of(words.say(mark)) : Optional.empty());
  }

  private boolean isMerging() {
    return asks.existing().filter(grant -> grant.action() == GrantAction.MERGE).isPresent();
  }

  /**
   * A section for each detail.
   *
   * @param again whether the person has sent the form and something was not picked
   */
  @Enforces({"RAR-3.1-1"})
  List<ConsentPart> sections(Picks picks, boolean again) {
    List<ConsentPart> sections = new ArrayList<>();
    for (int at = 0; at < asks.details().size(); at++) {
      sections.add(section(at, picks, again));
    }
    return sections;
  }

  private ConsentPart section(int at, Picks picks, boolean again) {
    Asks.DetailAsk ask = asks.details().get(at);
    return new ConsentPart(
        ask.offer()
            .map(
                offer ->
                    explainer.explainWithout(offer.choose().member(), ask.detail(), ask.template()))
            .orElseGet(() -> explainer.explain(ask.detail(), ask.template())),
        mark(ask),
        ask.offer().map(offer -> choosing(at, ask, offer, picks, again)));
  }

  /** Said only where there is something else to tell it from. */
  private Optional<ConsentPart.Mark> mark(Asks.DetailAsk ask) {
    return switch (ask.standing()) {
      case ONCE_MORE -> Optional.of(mark(Message.CONSENT_AGAIN, true));
      case BEFORE -> Optional.of(mark(Message.CONSENT_BEFORE, false)).filter(_ -> isMerging());
      case NEW -> Optional.of(mark(Message.CONSENT_NEW, false)).filter(_ -> isMerging());
    };
  }

  private ConsentPart.Mark mark(Message text, boolean warns) {
    return new ConsentPart.Mark(words.say(text), warns);
  }

  private ConsentPart.Choosing choosing(
      int at, Asks.DetailAsk ask, Offer offer, Picks picks, boolean again) {
    List<ConsentPart.Option> options = new ArrayList<>();
    for (int i = 0; i < offer.choices().size(); i++) {
      Choice choice = offer.choices().get(i);
      options.add(
          new ConsentPart.Option(
              Picks.name(offer, at, i),
              Picks.value(i),
              VisibleText.of(choice.label().in(words.locale())),
              offer.line(choice, ask.template(), explainer),
              picks.has(at, i)));
    }
    return new ConsentPart.Choosing(
        offer.choose().label().in(words.locale()),
        offer.choose().many(),
        options,
        Optional.of(fault(offer, picks.lacks(at)))
            .filter(_ -> (again && picks.isOpen(at)) || options.isEmpty()));
  }

  private String fault(Offer offer, boolean lacks) {
    if (offer.choices().isEmpty()) {
      return words.say(Message.CONSENT_CHOOSE_NONE);
    }
    if (!lacks) {
      return words.say(Message.CONSENT_CHOOSE_FEWER);
    }
    return words.say(
        offer.choose().many() ? Message.CONSENT_CHOOSE_SOME : Message.CONSENT_CHOOSE_ONE);
  }

  /**
   * What the client may do already and is not asked for again: what stays where a yes adds to it,
   * what ends where a yes replaces it. A resource that is not asked for is such a thing, too.
   */
  @Enforces({"RAR-3.1-1", "GM-5.2-4", "GM-5.2-5"})
  Optional<ConsentPart.Existing> existing(String clientName) {
    return asks.existing()
        .map(grant -> existing(grant.grant(), words.say(heading(grant.action()), clientName)))
        .filter(existing -> !existing.isEmpty());
  }

  private static Message heading(GrantAction action) {
    return switch (action) {
      case REPLACE -> Message.CONSENT_ENDS;
      case MERGE, CREATE -> Message.CONSENT_STAYS;
    };
  }

  private ConsentPart.Existing existing(Grant grant, String heading) {
    List<String> elsewhere =
        without(
            grant.resources().stream().map(ResourceIndicator::value).toList(),
            Asks.values(asks.resources()));
    List<String> asked = Asks.values(asks.scopes());
    List<String> claims = access.beside(grant.scope(), grant.claims());
    return new ConsentPart.Existing(
        heading,
        access.sentences(
            without(grant.scope().tokens(), asked),
            access.unopened(without(claims, Asks.values(asks.claims())), new Scope(asked)),
            words),
        grant.details().list().stream()
            .filter(detail -> !isAsked(detail) || isAt(detail, elsewhere))
            .map(detail -> explainer.explain(detail, templates.of(detail.type())).decided())
            .toList(),
        elsewhere);
  }

  private boolean isAsked(AuthorizationDetail detail) {
    return asks.details().stream().anyMatch(ask -> ask.detail().equals(detail));
  }

  /** Whether a detail is for some of these resources. */
  private static boolean isAt(AuthorizationDetail detail, List<String> resources) {
    try {
      List<String> locations = detail.locations();
      return locations.isEmpty()
          ? !resources.isEmpty()
          : !Collections.disjoint(locations, resources);
    } catch (MalformedJsonException e) {
      return true;
    }
  }

  private static List<String> without(List<String> all, List<String> some) {
    return all.stream().filter(one -> !some.contains(one)).toList();
  }
}
