package dev.countersign.resource;

import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.ready.PaymentInitiation;
import java.util.function.Consumer;

/** What docs/protecting-an-api.md shows of details; {@link GrantedDetailsTest} runs it. */
final class PaymentSample {
  private PaymentSample() {}

  // <sample payment>
  private static final DetailType PAYMENT = DetailType.ready(PaymentInitiation.TYPE);

  /** Pays once what the person allowed, or says what to answer. */
  static Verdict pay(
      Verdict.Admitted admitted,
      PaymentInitiation order,
      DetailUses uses,
      Consumer<PaymentInitiation> book) {
    // The order, said in the words of the type: what is about to be done, all of it.
    return switch (admitted.access().use(PAYMENT, order.toDetail(), uses)) {
      case DetailVerdict.Permitted permitted -> {
        book.accept(order);
        yield admitted;
      }
      case DetailVerdict.Refused refused -> admitted.refuse(refused);
    };
  }
  // </sample payment>
}
