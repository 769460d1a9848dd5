package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account at a bank.
 *
 * @param iban without spaces; its check digits are not looked at
 * @param currency of the account, ISO 4217
 */
public record Account(String iban, Optional<String> currency) {
  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");

  /** Refuses what cannot be an IBAN or a currency with {@link IllegalArgumentException}. */
  public Account {
    Bounds.requireForm("Account.iban", iban, IBAN, "an IBAN without spaces");
    currency.ifPresent(
        code ->
            Bounds.requireForm(
                "Account.currency", code, Amount.CURRENCY, "three capital letters (ISO 4217)"));
  }

  /** An account in whatever currency. */
  public static Account of(String iban) {
    return new Account(iban, Optional.empty());
  }

  /** The same in this currency. */
  public Account withCurrency(String code) {
    return new Account(iban, Optional.of(code));
  }

  static Account read(Members members) throws MalformedJsonException {
    return new Account(
        Members.required("iban", members.string("iban")), members.string("currency"));
  }

  JsonObject toJson() {
    return JsonObject.builder().put("iban", iban).put("currency", currency).build();
  }

  /** Without the number. */
  @Override
  public String toString() {
    return "Account";
  }
}
