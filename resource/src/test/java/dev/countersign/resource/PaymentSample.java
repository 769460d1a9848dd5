package dev.countersign.resource;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.DetailType;
import java.util.function.Consumer;

/** What docs/protecting-an-api.md shows of details; {@link GrantedDetailsTest} runs it. */
final class PaymentSample {
  private PaymentSample() {}

  // <sample payment>
  private static final DetailType PAYMENT = DetailType.ready("payment_initiation");

  /** Pays once what the person allowed, or says what to answer. */
  static Verdict pay(
      ResourceServer guard,
      ResourceRequest request,
      Verdict.Admitted admitted,
      JsonObject order,
      DetailUses uses,
      Consumer<JsonObject> book)
      throws MalformedJsonException {
    // The order, said in the words of the type: what is about to be done, all of it.
    AuthorizationDetail wanted =
        AuthorizationDetail.of(order.toBuilder().put("type", "payment_initiation").build());
    return switch (admitted.access().use(PAYMENT, wanted, uses)) {
      case DetailVerdict.Permitted permitted -> {
        book.accept(order);
        yield admitted;
      }
      case DetailVerdict.Refused refused -> guard.refuse(admitted, request, refused);
    };
  }
  // </sample payment>
}
