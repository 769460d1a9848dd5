package dev.countersign.demo.bank;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.requirement.Enforces;
import dev.countersign.resource.Access;
import dev.countersign.resource.DetailUses;
import dev.countersign.resource.DetailVerdict;
import dev.countersign.resource.InMemoryDetailUses;
import dev.countersign.resource.Verdict;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Pays what a person allowed to be paid: this payment, once. Ledger and uses live as long as one
 * another, so that none forgets what the other remembers. Safe for any number of threads.
 */
final class Payments {
  private final Ledger ledger;
  private final InstantSource clock;
  private final DetailUses uses = new InMemoryDetailUses();

  Payments(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  BankApi.Answered pay(Verdict.Admitted in, BankApi.Content content) {
    if (!BankAnswers.isJson(content.request())) {
      return new BankApi.Answered(in, BankAnswers.noJson());
    }
    return order(content.bytes())
        .map(order -> pay(in, order))
        .orElseGet(() -> new BankApi.Answered(in, BankAnswers.noOrder()));
  }

  private static Optional<PaymentOrder> order(byte[] json) {
    try {
      return PaymentOrder.read(JsonObject.parse(json));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** Who may not pay learns nothing of the account; what is not paid uses nothing up. */
  @Enforces("RAR-9-1")
  private BankApi.Answered pay(Verdict.Admitted in, PaymentOrder order) {
    Access access = in.access();
    AuthorizationDetail wanted = order.wanted(access.audience());
    if (!access.allows(PaymentOrder.TYPE, wanted)) {
      return refused(in, new DetailVerdict.NotGranted());
    }
    Permission permission = new Permission(access, wanted);
    return switch (ledger.pay(access.subject(), order, clock.instant(), permission::use)) {
      case Ledger.Outcome.Booked booked -> new BankApi.Answered(in, BankAnswers.booked(booked));
      case Ledger.Outcome.InsufficientFunds() -> new BankApi.Answered(in, BankAnswers.tooMuch());
      case Ledger.Outcome.NoAccount() -> new BankApi.Answered(in, BankAnswers.noAccount());
      case Ledger.Outcome.NotPermitted() -> refused(in, permission.refused());
    };
  }

  private BankApi.Answered refused(Verdict.Admitted in, DetailVerdict.Refused why) {
    Verdict.Refused no = in.refuse(why);
    return new BankApi.Answered(no, HttpResponse.empty(no.status()));
  }

  /** What a token allows to be paid. For one thread. */
  private final class Permission {
    private final Access access;
    private final AuthorizationDetail wanted;
    private DetailVerdict.Refused refused = new DetailVerdict.NotGranted();

    Permission(Access access, AuthorizationDetail wanted) {
      this.access = access;
      this.wanted = wanted;
    }

    /** Uses it up. */
    boolean use() {
      return switch (access.use(PaymentOrder.TYPE, wanted, uses)) {
        case DetailVerdict.Permitted _ -> true;
        case DetailVerdict.Refused no -> {
          refused = no;
          yield false;
        }
      };
    }

    /** Why it could not be used. */
    DetailVerdict.Refused refused() {
      return refused;
    }
  }
}
