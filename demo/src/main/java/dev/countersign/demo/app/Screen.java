package dev.countersign.demo.app;

import dev.countersign.demo.bank.Money;
import java.util.List;
import java.util.Optional;

/** What a page shows. Plain text throughout: the templates escape it. */
public sealed interface Screen {

  /** The template that shows it. */
  String template();

  /** The title of the page. */
  String title();

  /** The start, before a bank is connected. */
  record Home() implements Screen {
    @Override
    public String template() {
      return "app/home.jte";
    }

    @Override
    public String title() {
      return "Connect your bank";
    }
  }

  /** All accounts. */
  record Accounts(List<AccountLine> accounts) implements Screen {
    /** Copies the list. */
    public Accounts {
      accounts = List.copyOf(accounts);
    }

    @Override
    public String template() {
      return "app/accounts.jte";
    }

    @Override
    public String title() {
      return "Your accounts";
    }
  }

  /**
   * One account.
   *
   * @param bookings the newest first
   */
  record Bookings(AccountLine account, List<BookingLine> bookings) implements Screen {
    /** Copies the list. */
    public Bookings {
      bookings = List.copyOf(bookings);
    }

    @Override
    public String template() {
      return "app/bookings.jte";
    }

    @Override
    public String title() {
      return account.name();
    }
  }

  /** What the application may do at the bank. */
  record Grants(List<GrantLine> lines) implements Screen {
    /** Copies the list. */
    public Grants {
      lines = List.copyOf(lines);
    }

    @Override
    public String template() {
      return "app/grants.jte";
    }

    @Override
    public String title() {
      return "What Sunny Budget may do";
    }
  }

  /**
   * The form of a payment.
   *
   * @param token token of the form
   * @param order names this payment, so that it is sent once
   * @param creditor what was typed
   * @param account what was typed
   * @param amount what was typed
   * @param creditorFault what is wrong with it
   * @param accountFault what is wrong with it
   * @param amountFault what is wrong with it
   */
  record PaymentForm(
      String token,
      String order,
      String creditor,
      String account,
      String amount,
      Optional<String> creditorFault,
      Optional<String> accountFault,
      Optional<String> amountFault)
      implements Screen {
    @Override
    public String template() {
      return "app/pay.jte";
    }

    @Override
    public String title() {
      return isFaulty() ? "Not sent yet: make a payment" : "Make a payment";
    }

    /** Whether anything is wrong with what was typed. */
    public boolean isFaulty() {
      return creditorFault.isPresent() || accountFault.isPresent() || amountFault.isPresent();
    }
  }

  /**
   * What came of a payment.
   *
   * @param heading in a few words
   * @param good whether it is booked
   * @param creditor who gets it
   * @param account of who gets it, an IBAN
   * @param from the account that pays, an IBAN, if it is known
   * @param explanation what it means, a sentence
   * @param balance of the account after it, if it is booked
   * @param again how to try to pay it a second time, if it is booked
   */
  record Receipt(
      String heading,
      boolean good,
      String creditor,
      String account,
      Money amount,
      Optional<String> from,
      String explanation,
      Optional<Money> balance,
      Optional<Again> again)
      implements Screen {
    @Override
    public String template() {
      return "app/receipt.jte";
    }

    @Override
    public String title() {
      return heading;
    }
  }

  /**
   * The form that tries to pay a second time.
   *
   * @param order names the payment
   * @param token token of the form
   */
  record Again(String order, String token) {}

  /**
   * Something to know.
   *
   * @param title in a few words
   * @param text what happened
   * @param advice what to do now
   */
  record Notice(String title, String text, String advice) implements Screen {
    @Override
    public String template() {
      return "app/notice.jte";
    }
  }
}
