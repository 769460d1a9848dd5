package dev.countersign.demo.app;

import dev.countersign.client.ClientException;
import dev.countersign.edge.HttpResponse;
import java.util.List;

/** What a connected person looks at. */
final class Banking {
  private final BankClient bank;
  private final Pages pages;

  Banking(BankClient bank, Pages pages) {
    this.bank = bank;
    this.pages = pages;
  }

  HttpResponse accounts(Visit visit, Visitor visitor) throws ClientException, TroubleException {
    return pages.show(200, new Screen.Accounts(bank.accounts(visitor)), visit);
  }

  HttpResponse bookings(Visit visit, Visitor visitor, String id)
      throws ClientException, TroubleException {
    List<AccountLine> mine = bank.accounts(visitor);
    AccountLine account =
        mine.stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new TroubleException(Trouble.NO_SUCH_PAGE));
    return pages.show(200, new Screen.Bookings(account, bank.bookings(visitor, account)), visit);
  }
}
