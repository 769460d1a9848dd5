package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What may be seen of accounts, the ready type {@code account_information}.
 *
 * <pre>{@code
 * AccountInformation.of(Action.READ_BALANCES).withValidUntil(LocalDate.of(2027, 3, 31)).toDetail()
 * }</pre>
 *
 * @param actions what may be done, at least one
 * @param accounts of which accounts, 32 at most; the person may choose them on the consent page
 * @param frequencyPerDay how often a day, 1 to 1440; absent: as often as wanted
 * @param validUntil the last day; absent: as long as the grant stands
 * @param locations the APIs that it is for; empty: any
 */
public record AccountInformation(
    List<Action> actions,
    Optional<List<Account>> accounts,
    Optional<Integer> frequencyPerDay,
    Optional<LocalDate> validUntil,
    List<ResourceIndicator> locations) {

  /** The value of {@code type}. */
  public static final String TYPE = "account_information";

  private static final int MOST_ACCOUNTS = 32;
  private static final int MINUTES_OF_A_DAY = 1440;

  /** What may be seen. */
  public enum Action implements Word {
    /** Which accounts there are. */
    LIST_ACCOUNTS("list_accounts"),
    /** Their balances, and which there are. */
    READ_BALANCES("read_balances"),
    /** What comes in and goes out, and which there are. */
    READ_TRANSACTIONS("read_transactions");

    private final String value;

    Action(String value) {
      this.value = value;
    }

    @Override
    public String value() {
      return value;
    }
  }

  /** Copies the lists. Refuses what the type has no place for with IllegalArgumentException. */
  public AccountInformation {
    actions = Bounds.some("AccountInformation.actions", actions, Action.values().length);
    accounts =
        accounts.map(all -> Bounds.different("AccountInformation.accounts", all, MOST_ACCOUNTS));
    if (frequencyPerDay.filter(often -> often < 1 || often > MINUTES_OF_A_DAY).isPresent()) {
      throw new IllegalArgumentException(
          "AccountInformation.frequencyPerDay must be 1 to " + MINUTES_OF_A_DAY);
    }
    validUntil.ifPresent(date -> Bounds.requireYear("AccountInformation.validUntil", date));
    locations = Bounds.locations("AccountInformation.locations", locations);
  }

  /** These actions, with no bound yet. */
  public static AccountInformation of(Action... actions) {
    return new AccountInformation(
        List.of(actions), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * Reads an object of the type.
   *
   * @throws MalformedJsonException if it is of another type, a member is missing, wrong or unknown
   */
  public static AccountInformation from(AuthorizationDetail detail) throws MalformedJsonException {
    return Members.read(TYPE, detail, AccountInformation::read);
  }

  /**
   * Reads all objects of the type, in their order; those of other types are left alone.
   *
   * @throws MalformedJsonException as {@link #from}
   */
  public static List<AccountInformation> in(AuthorizationDetails details)
      throws MalformedJsonException {
    return Members.readAll(TYPE, details, AccountInformation::read);
  }

  private static AccountInformation read(Members members) throws MalformedJsonException {
    return new AccountInformation(
        members.words("actions", Action.values()),
        members.objects("accounts", Account::read),
        members.integer("frequencyPerDay"),
        members.date("validUntil"),
        members.locations());
  }

  /** The object, as it is asked for and compared. */
  public AuthorizationDetail toDetail() {
    return AuthorizationDetail.of(
        TYPE,
        JsonObject.builder()
            .put("locations", Members.places(locations))
            .put("actions", Members.texts(actions))
            .put("accounts", accounts.map(all -> all.stream().map(Account::toJson).toList()))
            .put("frequencyPerDay", frequencyPerDay)
            .put("validUntil", validUntil.map(LocalDate::toString))
            .build());
  }

  /** The same of these accounts alone. */
  public AccountInformation withAccounts(Account... wanted) {
    return new AccountInformation(
        actions, Optional.of(List.of(wanted)), frequencyPerDay, validUntil, locations);
  }

  /** The same so often a day at most. */
  public AccountInformation withFrequencyPerDay(int most) {
    return new AccountInformation(actions, accounts, Optional.of(most), validUntil, locations);
  }

  /** The same until the end of this day. */
  public AccountInformation withValidUntil(LocalDate last) {
    return new AccountInformation(actions, accounts, frequencyPerDay, Optional.of(last), locations);
  }

  /** The same for these APIs alone. */
  public AccountInformation withLocations(List<ResourceIndicator> wanted) {
    return new AccountInformation(actions, accounts, frequencyPerDay, validUntil, wanted);
  }

  /** Without the numbers of the accounts. */
  @Override
  public String toString() {
    return "AccountInformation" + actions;
  }
}
