package dev.countersign.server.kit;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetails;

/** Authorization details of the ready types, and configurations with other types. */
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

  private Details() {}

  /**
   * The configuration with other types.
   *
   * @param known names of ready ones and files
   * @param ofClient names of those that the client that may do everything may ask for
   */
  public static String types(String yaml, String known, String ofClient) {
    String ready =
        "[payment_initiation, account_information, health_record_access, document_signing]";
    return yaml.replace("types:\n  " + ready, "types: [" + known + "]")
        .replace("types:\n      " + ready, "types: [" + ofClient + "]");
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
