package dev.countersign.server.mygrants;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Page;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.details.ConsentTemplates;
import dev.countersign.server.details.Explainer;
import dev.countersign.server.details.ShownDetail;
import dev.countersign.server.interaction.AccessWords;
import dev.countersign.server.text.Message;
import dev.countersign.server.text.Wording;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantRecord;
import java.net.URI;
import java.text.Collator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says of grants what a person has to know of them. Immutable. */
public final class GrantWords {
  private final InteractionUrls urls;
  private final Clients clients;
  private final AccessWords words;
  private final ConsentTemplates templates;
  private final ZoneId zone;

  /**
   * Words for grants of these clients.
   *
   * @param zone in which it is said when something was or will be
   */
  public GrantWords(
      InteractionUrls urls,
      Clients clients,
      AccessWords words,
      ConsentTemplates templates,
      ZoneId zone) {
    this.urls = urls;
    this.clients = clients;
    this.words = words;
    this.templates = templates;
    this.zone = zone;
  }

  /** Who has them: clients by name, the grants of each by what was given last. */
  List<Page.Holder> holders(List<OwnGrant> grants, Wording wording) {
    Map<ClientId, List<OwnGrant>> byClient =
        grants.stream().collect(Collectors.groupingBy(own -> own.record().grant().clientId()));
    Collator alphabet = Collator.getInstance(wording.locale());
    return byClient.entrySet().stream()
        .map(entry -> holder(entry.getKey(), entry.getValue(), wording))
        .sorted(Comparator.comparing(Page.Holder::name, alphabet))
        .toList();
  }

  private Page.Holder holder(ClientId id, List<OwnGrant> grants, Wording wording) {
    Comparator<OwnGrant> byTime =
        Comparator.comparing((OwnGrant own) -> own.record().grant().createdAt()).reversed();
    return new Page.Holder(
        name(id),
        clients
            .find(id)
            .map(known -> unchecked(known, wording))
            .orElseGet(() -> Optional.of(wording.say(Message.MY_GRANTS_GONE))),
        grants.stream().sorted(byTime).map(own -> access(own, wording)).toList());
  }

  /** What people call the client that has it. */
  String name(OwnGrant own) {
    return name(own.record().grant().clientId());
  }

  private String name(ClientId id) {
    return clients.find(id).map(RegisteredClient::name).orElseGet(id::value);
  }

  /** What is allowed by it, and since when. */
  Page.Access access(OwnGrant own, Wording wording) {
    GrantRecord record = own.record();
    Grant grant = record.grant();
    return new Page.Access(
        allows(grant, wording),
        details(grant, wording),
        grant.resources().stream().map(ResourceIndicator::value).toList(),
        when(grant.createdAt(), wording),
        Optional.of(grant.updatedAt())
            .filter(updated -> !updated.equals(grant.createdAt()))
            .map(updated -> when(updated, wording)),
        when(record.lastUsedAt(), wording),
        record
            .expiresAt()
            .map(end -> wording.say(Message.MY_GRANTS_UNTIL, when(end, wording)))
            .orElseGet(() -> wording.say(Message.CONSENT_UNTIL_ENDED, name(own))),
        urls.endGrant(grant.id()).toString());
  }

  /** As the consent page said it: what the scope allows, then the claims that it does not open. */
  private List<String> allows(Grant grant, Wording wording) {
    return words.sentences(
        grant.scope().tokens(), words.beside(grant.scope(), grant.claims()), wording);
  }

  /** In the words of their types, with what the person chose. */
  private List<ShownDetail> details(Grant grant, Wording wording) {
    Explainer explainer = new Explainer(wording);
    return grant.details().list().stream()
        .map(detail -> explainer.explain(detail, templates.of(detail.type())).decided())
        .toList();
  }

  private String when(Instant instant, Wording wording) {
    return wording.moment(instant, zone);
  }

  /** RFC 7591 section 5: its name may be that of somebody else; where its answers go is fact. */
  private Optional<String> unchecked(RegisteredClient client, Wording wording) {
    if (!clients.isUnchecked(client)) {
      return Optional.empty();
    }
    String hosts =
        client.redirectUris().stream()
            .map(RedirectUri::uri)
            .filter(uri -> uri.getScheme().equals("https"))
            .map(URI::getHost)
            .distinct()
            .collect(Collectors.joining(", "));
    return Optional.of(
        hosts.isEmpty()
            ? wording.say(Message.MY_GRANTS_UNCHECKED_DEVICE)
            : wording.say(Message.MY_GRANTS_UNCHECKED, hosts));
  }
}
