package dev.countersign.server.interaction;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.ConsentPart;
import dev.countersign.server.details.Choice;
import dev.countersign.server.details.ConsentTemplates;
import dev.countersign.server.details.Explainer;
import dev.countersign.server.details.Offer;
import dev.countersign.server.details.ShownDetail;
import dev.countersign.server.text.Message;
import dev.countersign.server.text.VisibleText;
import dev.countersign.server.text.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the sections of the consent page that explain details, in one language. */
final class ConsentParts {
  private final Asks asks;
  private final ConsentTemplates templates;
  private final Wording words;
  private final Explainer explainer;

  ConsentParts(Asks asks, ConsentTemplates templates, Wording words) {
    this.asks = asks;
    this.templates = templates;
    this.words = words;
    this.explainer = new Explainer(words);
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
  private Optional<String> mark(Asks.DetailAsk ask) {
    return asks.existing()
        .filter(grant -> grant.action() == GrantAction.MERGE)
        .map(_ -> words.say(ask.allowedBefore() ? Message.CONSENT_BEFORE : Message.CONSENT_NEW));
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
        Optional.of(fault(offer)).filter(_ -> (again && picks.lacks(at)) || options.isEmpty()));
  }

  private String fault(Offer offer) {
    if (offer.choices().isEmpty()) {
      return words.say(Message.CONSENT_CHOOSE_NONE);
    }
    return words.say(
        offer.choose().many() ? Message.CONSENT_CHOOSE_SOME : Message.CONSENT_CHOOSE_ONE);
  }

  /**
   * What the client may do already: where a yes adds to it without what is asked for again, where a
   * yes replaces it all of it.
   */
  Optional<ConsentPart.Existing> existing(String clientName) {
    return asks.existing()
        .map(
            grant ->
                new ConsentPart.Existing(
                    words.say(heading(grant.action()), clientName), shown(grant)))
        .filter(existing -> !existing.details().isEmpty());
  }

  private static Message heading(GrantAction action) {
    return switch (action) {
      case REPLACE -> Message.CONSENT_ENDS;
      case MERGE, CREATE -> Message.CONSENT_STAYS;
    };
  }

  private List<ShownDetail> shown(Known.Existing grant) {
    return grant.details().list().stream()
        .filter(
            detail ->
                grant.action() == GrantAction.REPLACE
                    || asks.details().stream().noneMatch(ask -> ask.detail().equals(detail)))
        .map(detail -> explainer.explain(detail, templates.of(detail.type())))
        .toList();
  }
}
