package dev.countersign.server.kit;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetails;

/** Authorization details of the ready types, and a configuration that has these. */
public final class Details {
  /** Accounts to look at, anywhere. */
  public static final String ACCOUNTS =
      "{\"type\":\"account_information\",\"actions\":[\"list_accounts\",\"read_balances\"],"
          + "\"accounts\":[{\"iban\":\"DE89370400440532013000\"}]}";

  /** Less of it. */
  public static final String LESS =
      "{\"type\":\"account_information\",\"actions\":[\"list_accounts\"],"
          + "\"accounts\":[{\"iban\":\"DE89370400440532013000\"}]}";

  /** More than it. */
  public static final String MORE =
      "{\"type\":\"account_information\",\"actions\":[\"read_transactions\"],"
          + "\"accounts\":[{\"iban\":\"DE89370400440532013000\"}]}";

  /** What nobody shall read from a token. */
  public static final String HEALTH =
      "{\"type\":\"health_record_access\",\"actions\":[\"read\"],\"datatypes\":[\"medications\"],"
          + "\"purpose\":\"treatment\"}";

  /** The names of the types. */
  public static final String READY =
      "account_information, payment_initiation, health_record_access";

  private Details() {}

  /** The configuration with some types, all of them for the client that may do everything. */
  public static String in(String yaml) {
    return types(yaml, READY, READY);
  }

  /**
   * The configuration with types.
   *
   * @param known names of ready ones and files
   * @param ofClient names of those that the client that may do everything may ask for
   */
  public static String types(String yaml, String known, String ofClient) {
    String scope = "    scope: openid profile email offline_access accounts payments reports\n";
    String key = "authorization_details_types: [";
    return yaml.replace(scope, scope + "    " + key + ofClient + "]\n")
        .replace(
            "clients:\n  - client_id: app\n", key + known + "]\nclients:\n  - client_id: app\n");
  }

  /** An object with the resources that it is for. */
  public static String at(String object, String... resources) {
    return object.replaceFirst(
        ",", ",\"locations\":[\"" + String.join("\",\"", resources) + "\"],");
  }

  /** The parameter. */
  public static String array(String... objects) {
    return "[" + String.join(",", objects) + "]";
  }

  /** What the parameter means. */
  public static AuthorizationDetails of(String... objects) {
    return AuthorizationDetails.parse(array(objects));
  }

  /** What a message has. */
  public static AuthorizationDetails in(JsonObject message) {
    try {
      return AuthorizationDetails.read(message);
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }
}
