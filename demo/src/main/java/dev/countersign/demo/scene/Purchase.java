package dev.countersign.demo.scene;

import dev.countersign.client.Tokens;
import dev.countersign.demo.bank.PaymentOrder;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import java.net.URI;
import java.util.List;

/** A book at the Corner Bookshop: asked for as a detail, and then ordered from the bank. */
public final class Purchase {
  private static final String ACCOUNT = "DE89370400440532013000";

  private Purchase() {}

  /**
   * What a person is asked to allow.
   *
   * @param bank the bank's API, without a path
   * @param amount in euros, for example {@code 12.50}
   */
  public static AuthorizationDetail asked(URI bank, String amount) {
    JsonObject json =
        JsonObject.builder()
            .put("type", PaymentOrder.TYPE.name())
            .put("locations", List.of(bank.toString()))
            .put("instructedAmount", euros(amount))
            .put("creditorName", "Corner Bookshop")
            .put("creditorAccount", JsonObject.builder().put("iban", ACCOUNT).build())
            .build();
    try {
      return AuthorizationDetail.of(json);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the type has a name", e);
    }
  }

  /** The order to the bank: what the person allowed, with the account that was chosen. */
  public static JsonObject order(Tokens tokens) {
    return tokens.authorizationDetails().ofType(PaymentOrder.TYPE.name()).stream()
        .map(granted -> granted.json().without("type").without("locations"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the tokens allow no payment"));
  }

  /** The same order, or the same detail, over another amount in euros. */
  public static JsonObject over(JsonObject order, String amount) {
    return order.without("instructedAmount").toBuilder()
        .put("instructedAmount", euros(amount))
        .build();
  }

  private static JsonObject euros(String amount) {
    return JsonObject.builder().put("amount", amount).put("currency", "EUR").build();
  }
}
