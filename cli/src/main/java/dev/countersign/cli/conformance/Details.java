package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.DetailType;
import java.net.URI;
import java.util.List;

/** What the clients ask for in variants with authorization details, and what the user has. */
final class Details {
  /** A type that comes with the server. */
  static final String TYPE = DetailType.ready("account_information").name();

  /** The one account of the user. */
  private static final JsonObject ACCOUNT =
      JsonObject.builder().put("iban", "DE02120300000000202051").put("currency", "EUR").build();

  private Details() {}

  /** To see the accounts that the person chooses; nothing is said of where. */
  static JsonObject anywhere() {
    return JsonObject.builder().put("type", TYPE).put("actions", List.of("list_accounts")).build();
  }

  /** The same at one API. */
  static JsonObject at(URI api) {
    return anywhere().toBuilder().put("locations", List.of(api.toString())).build();
  }

  /** What the user has to choose from: with one account, nothing needs to be clicked. */
  static JsonObject choices() {
    JsonObject choice =
        JsonObject.builder().put("label", "Current account").put("value", ACCOUNT).build();
    return JsonObject.builder().put("accounts", List.of(choice)).build();
  }
}
