package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;

/** A type of payments, and objects of it. */
final class Types {
  static final String SCHEMA =
      """
      {"type": "object",
       "$defs": {"account": {"type": "object", "properties": {"iban": {"type": "string"}}}},
       "properties": {
         "type": {"const": "payment"},
         "actions": {"type": "array", "items": {"enum": ["initiate", "status"]}},
         "amount": {"type": "object", "properties": {
           "currency": {"type": "string"}, "amount": {"type": "string"}}},
         "creditor": {"allOf": [
           {"$ref": "#/$defs/account"}, {"properties": {"name": {"type": "string"}}}]},
         "debtor": {"$ref": "#/$defs/account"},
         "accounts": {"type": "array", "items": {"$ref": "#/$defs/account"}},
         "period": {"type": "object", "properties": {"from": {}, "to": {}}},
         "day": {"type": "string"},
         "moment": {"type": "string"},
         "again": {"type": "boolean"},
         "documents": {"type": "array", "items": {"type": "object", "properties": {
           "label": {"type": "string"}, "hash": {"type": "string"}}}},
         "locations": {"type": "array", "items": {"type": "string"}}}}
      """;

  static final String CONSENT =
      """
      {"title": {"en": "Pay", "de": "Zahlen"},
       "text": {"en": "Once.", "de": "Einmal."},
       "rows": [
         {"member": "/amount", "label": {"en": "Amount", "de": "Betrag"}, "format": "amount"},
         {"member": "/creditor/name", "label": {"en": "To", "de": "An"}, "format": "text"},
         {"member": "/creditor/iban", "label": "IBAN", "format": "iban"},
         {"member": "/debtor/iban", "label": {"en": "From", "de": "Von"}, "format": "iban"},
         {"member": "/accounts/*/iban", "label": "Accounts", "format": "iban"},
         {"member": "/period", "label": "Period", "format": "period"},
         {"member": "/day", "label": "Day", "format": "date"},
         {"member": "/moment", "label": "Moment", "format": "datetime"},
         {"member": "/again", "label": "Again", "format": "text"},
         {"member": "/documents", "label": "Documents", "format": "document"},
         {"member": "/actions", "label": "Actions", "format": "words", "words": {
           "initiate": {"en": "start it", "de": "sie auslösen"},
           "status": {"en": "see how it stands", "de": "ihren Stand sehen"}}}],
       "choose": {"member": "/debtor", "from": "accounts",
         "label": {"en": "Pay from", "de": "Zahlen von"}, "many": false},
       "hidden": {"/locations": "the page says where"}}
      """;

  /** The template of the type. */
  static ConsentTemplate template() {
    return template(CONSENT);
  }

  /** A template of the same schema, which is right. */
  static ConsentTemplate template(String consent) {
    try {
      return ConsentTemplate.read(json(consent), json(SCHEMA));
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  /** A payment with these members. */
  static AuthorizationDetail payment(String members) {
    try {
      return AuthorizationDetail.of(json("{\"type\": \"payment\", " + members + "}"));
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  static JsonObject json(String text) {
    try {
      return JsonObject.parse(text);
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private Types() {}
}
