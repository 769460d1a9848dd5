package dev.countersign.demo.story;

import dev.countersign.demo.scene.Signing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What must be seen in each kind of message. Immutable. */
public final class Observations {
  private final Map<MessageKind, List<Observation>> byKind;

  private Observations(Map<MessageKind, List<Observation>> byKind) {
    this.byKind = byKind;
  }

  /** The table of the tour. */
  public static Observations standard() {
    Map<MessageKind, List<Observation>> table = new EnumMap<>(MessageKind.class);
    for (MessageKind kind : MessageKind.values()) {
      table.put(kind, of(kind));
    }
    return new Observations(table);
  }

  /** The table of a journey of which this is signed. */
  public static Observations of(Signing signing) {
    return switch (signing) {
      case AS_EVER -> standard();
      case EVERY_MESSAGE -> signed();
    };
  }

  private static Observations signed() {
    Map<MessageKind, List<Observation>> table = new EnumMap<>(standard().byKind);
    for (MessageKind kind : MessageKind.values()) {
      table.merge(kind, ofMessages(kind), (one, more) -> Observation.all(List.of(one, more)));
    }
    // Who signs as nobody's client is refused for that, before anybody asks whose the token is.
    table.put(MessageKind.STOLEN_TOKEN, SeenMessages.stolenToken());
    return new Observations(table);
  }

  /** The same table with one more. */
  public Observations with(MessageKind kind, Observation more) {
    Map<MessageKind, List<Observation>> table = new EnumMap<>(byKind);
    List<Observation> longer = new ArrayList<>(in(kind));
    longer.add(more);
    table.put(kind, List.copyOf(longer));
    return new Observations(table);
  }

  /** What must be seen in this kind, in the order of telling. */
  public List<Observation> in(MessageKind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /** What is seen beside that where every message is signed. */
  private static List<Observation> ofMessages(MessageKind kind) {
    return switch (kind) {
      case METADATA -> SeenMessages.metadata();
      case PUSH_CHALLENGED, PUSH, PUSH_REPEATED -> SeenMessages.requestObject();
      case CONSENT, CONSENT_REMEMBERED, DENIED -> SeenMessages.response();
      case BANK_CHALLENGED,
          ACCOUNTS,
          TRANSACTIONS,
          PAYMENT,
          PAYMENT_DECLINED,
          PAYMENT_REFUSED,
          REPLAYED_PROOF,
          BANK_REVOKED ->
          SeenMessages.both();
      default -> List.of();
    };
  }

  private static List<Observation> of(MessageKind kind) {
    return switch (kind) {
      case METADATA -> SeenInDocuments.metadata();
      case KEYS -> SeenInDocuments.keys();
      case PUSH_CHALLENGED, TOKEN_CHALLENGED -> SeenInPush.challenged();
      case PUSH -> SeenInPush.taken();
      case PUSH_REPEATED -> SeenInPush.repeated();
      case AUTHORIZE -> SeenInBrowser.authorize();
      case LOGIN_PAGE, LOGIN_FAILED -> SeenInBrowser.page();
      case LOGIN -> SeenInBrowser.login();
      case CONSENT_PAGE -> SeenInBrowser.consentPage();
      case CONSENT, CONSENT_REMEMBERED -> SeenInBrowser.consent();
      case DENIED -> SeenInBrowser.back();
      case TOKEN -> SeenInTokens.ofCode();
      case REFRESH -> SeenInTokens.ofRefresh();
      case CLIENT_CREDENTIALS -> SeenInTokens.ofClient();
      case GRANT -> SeenInResources.grant();
      case REVOCATION -> SeenInTokens.revocation();
      case USERINFO_CHALLENGED, BANK_CHALLENGED, GRANT_CHALLENGED -> SeenInResources.challenged();
      case USERINFO -> SeenInResources.userinfo();
      case ACCOUNTS, TRANSACTIONS -> SeenInResources.read();
      case PAYMENT -> SeenInResources.payment();
      case PAYMENT_REFUSED -> SeenInAttacks.refusedPayment();
      case STOLEN_TOKEN -> SeenInAttacks.stolenToken();
      case REPLAYED_PROOF -> SeenInAttacks.replayedProof();
      case REPLAYED_CODE -> SeenInAttacks.replayedCode();
      case USERINFO_REVOKED -> SeenInAttacks.userinfoRevoked();
      case REFRESH_REVOKED -> SeenInAttacks.refreshRevoked();
      case APP_START -> SeenInBrowser.start();
      case APP_CALLBACK -> SeenInBrowser.callback();
      case BANK_REVOKED -> SeenInAttacks.bankRevoked();
      case BANK_METADATA -> SeenInDocuments.bankMetadata();
      case BANK_KEYS -> SeenInDocuments.bankKeys();
      case INTROSPECTION -> SeenInIntrospection.answered();
      case PAYMENT_CHANGED -> SeenMessages.changedPayment();
      case OBJECT_CHANGED -> SeenMessages.changedObject();
      case PAYMENT_DECLINED, APP_PAGE, APP_FORM, STYLE, REFUSED, OTHER -> List.of();
    };
  }
}
