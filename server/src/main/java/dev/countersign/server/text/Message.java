package dev.countersign.server.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every sentence that a page can say. Its key in a file of messages is its name in small letters
 * with points: {@code login.title}.
 */
public enum Message {
  /** Before the title of a page on which something is wrong; {0} is the title. */
  PAGE_PROBLEM(1),
  /** Where the person is; {0} is the host. */
  PAGE_ADDRESS(1),
  /** A span of time; {0} is a number. Stands after "for", "at most", "wait". */
  PERIOD_MINUTES(1),
  /** A span of time; {0} is a number. */
  PERIOD_HOURS(1),
  /** A span of time; {0} is a number. */
  PERIOD_DAYS(1),
  /** Title of the login page. */
  LOGIN_TITLE(0),
  /** Heading of the login page; {0} is the client. */
  LOGIN_HEADING(1),
  /** Label. */
  LOGIN_USERNAME(0),
  /** Label. */
  LOGIN_PASSWORD(0),
  /** Button. */
  LOGIN_SUBMIT(0),
  /** Button. */
  LOGIN_CANCEL(0),
  /** One of both is wrong, and nobody learns which. */
  LOGIN_WRONG(0),
  /** A field is empty. */
  LOGIN_MISSING(0),
  /** Too many tries; {0} is a span of time. */
  LOGIN_THROTTLED(1),
  /** Title of the page that sends an answer back to the client. */
  RETURN_TITLE(0),
  /** Heading of that page; {0} is the client. */
  RETURN_HEADING(1),
  /** What happens, and what to do if it does not. */
  RETURN_TEXT(0),
  /** Button. */
  RETURN_SUBMIT(0),
  /** Title of the consent page. */
  CONSENT_TITLE(0),
  /** Heading of the consent page; {0} is the client. */
  CONSENT_HEADING(1),
  /** The client registered itself; {0} is the host that the answer goes to. */
  CONSENT_UNCHECKED(1),
  /** The client registered itself, and the answer goes to the device that the person uses. */
  CONSENT_UNCHECKED_DEVICE(0),
  /** Who is logged in; {0} is the person. */
  CONSENT_PERSON(1),
  /** Before {@link #CONSENT_LOG_OUT}. */
  CONSENT_NOT_YOU(0),
  /** What to do if that is somebody else; leads to the logout page. */
  CONSENT_LOG_OUT(0),
  /** Beside a part of the list that is not new. */
  CONSENT_BEFORE(0),
  /** Before the list of what is asked for; {0} is the client. */
  CONSENT_ASKS(1),
  /** Beside a detail that is added to what was allowed before. */
  CONSENT_NEW(0),
  /** Beside a detail that was allowed before, may have been used, and can then be used again. */
  CONSENT_AGAIN(0),
  /** Before what the client may do already, where more is added; {0} is the client. */
  CONSENT_STAYS(1),
  /** Before what the client may do so far, where a yes replaces it; {0} is the client. */
  CONSENT_ENDS(1),
  /** A choice of one was not made. */
  CONSENT_CHOOSE_ONE(0),
  /** A choice of several was not made. */
  CONSENT_CHOOSE_SOME(0),
  /** More was chosen than may be allowed together. */
  CONSENT_CHOOSE_FEWER(0),
  /** There is nothing that could be chosen. */
  CONSENT_CHOOSE_NONE(0),
  /** Label of the resources. */
  CONSENT_WHERE(0),
  /** Label of the time it lasts. */
  CONSENT_HOW_LONG(0),
  /** It lasts as long as one access token; {0} is a span of time. */
  CONSENT_NOW(1),
  /** It lasts until it is ended; {0} is the client. */
  CONSENT_UNTIL_ENDED(1),
  /** It lasts for a time; {0} is a span of time. */
  CONSENT_FOR(1),
  /** Label of where the answer goes. */
  CONSENT_BACK(0),
  /** Button. */
  CONSENT_ALLOW(0),
  /** Button. */
  CONSENT_DENY(0),
  /** A span between two days or moments, {0} and {1}. */
  DETAIL_PERIOD(2),
  /** A span that has no end; {0} is a day or moment. */
  DETAIL_FROM(1),
  /** A span that has no beginning; {0} is a day or moment. */
  DETAIL_UNTIL(1),
  /** A truth value. */
  DETAIL_YES(0),
  /** A truth value. */
  DETAIL_NO(0),
  /** A claim that is asked for by its name. */
  CLAIM_NAME(0),
  /** A claim that is asked for by its name. */
  CLAIM_GIVEN_NAME(0),
  /** A claim that is asked for by its name. */
  CLAIM_FAMILY_NAME(0),
  /** A claim that is asked for by its name. */
  CLAIM_MIDDLE_NAME(0),
  /** A claim that is asked for by its name. */
  CLAIM_NICKNAME(0),
  /** A claim that is asked for by its name. */
  CLAIM_PREFERRED_USERNAME(0),
  /** A claim that is asked for by its name. */
  CLAIM_PROFILE(0),
  /** A claim that is asked for by its name. */
  CLAIM_PICTURE(0),
  /** A claim that is asked for by its name. */
  CLAIM_WEBSITE(0),
  /** A claim that is asked for by its name. */
  CLAIM_EMAIL(0),
  /** A claim that is asked for by its name. */
  CLAIM_EMAIL_VERIFIED(0),
  /** A claim that is asked for by its name. */
  CLAIM_GENDER(0),
  /** A claim that is asked for by its name. */
  CLAIM_BIRTHDATE(0),
  /** A claim that is asked for by its name. */
  CLAIM_ZONEINFO(0),
  /** A claim that is asked for by its name. */
  CLAIM_LOCALE(0),
  /** A claim that is asked for by its name. */
  CLAIM_PHONE_NUMBER(0),
  /** A claim that is asked for by its name. */
  CLAIM_PHONE_NUMBER_VERIFIED(0),
  /** A claim that is asked for by its name. */
  CLAIM_ADDRESS(0),
  /** A claim that is asked for by its name. */
  CLAIM_UPDATED_AT(0),
  /** Any other claim; {0} is its name. */
  CLAIM_UNNAMED(1),
  /** Title of the logout page, and its heading while somebody is logged in. */
  LOGOUT_TITLE(0),
  /** Button. */
  LOGOUT_SUBMIT(0),
  /** What a logout does not end. */
  LOGOUT_KEPT(0),
  /** Heading. */
  LOGOUT_DONE_HEADING(0),
  /** What happened. */
  LOGOUT_DONE_TEXT(0),
  /** Heading. */
  LOGOUT_NOBODY_HEADING(0),
  /** What that means. */
  LOGOUT_NOBODY_TEXT(0),
  /** Leads to the page on which people see whom they allowed what. */
  MY_GRANTS_LINK(0),
  /** Heading of the login page in front of it. */
  MY_GRANTS_LOGIN(0),
  /** Its title and heading. */
  MY_GRANTS_TITLE(0),
  /** What it shows. */
  MY_GRANTS_INTRO(0),
  /** There is nothing to show. */
  MY_GRANTS_NONE(0),
  /** What would be shown. */
  MY_GRANTS_NONE_TEXT(0),
  /** Label of when it was allowed. */
  MY_GRANTS_GIVEN(0),
  /** Label of when it was last changed. */
  MY_GRANTS_CHANGED(0),
  /** Label of when the client last came for a token. */
  MY_GRANTS_USED(0),
  /** How long it lasts; {0} is a point in time. */
  MY_GRANTS_UNTIL(1),
  /** The client registered itself; {0} are the hosts that its answers go to. */
  MY_GRANTS_UNCHECKED(1),
  /** The client registered itself, and its answers go to the device that the person uses. */
  MY_GRANTS_UNCHECKED_DEVICE(0),
  /** The client is registered no longer. */
  MY_GRANTS_GONE(0),
  /** What the same client may do beside that; {0} is a number. */
  MY_GRANTS_MORE(1),
  /** Leads to the next part of a long list. */
  MY_GRANTS_NEXT(0),
  /** Leads to the first part of a long list. */
  MY_GRANTS_FIRST(0),
  /** Leads to the page that asks, and the button there. */
  MY_GRANTS_END(0),
  /** The same in full; {0} is the client, {1} when it was allowed. Begins with the same words. */
  MY_GRANTS_END_WHICH(2),
  /** Title of the page that asks. */
  MY_GRANTS_ASK_TITLE(0),
  /** Heading of the page that asks; {0} is the client. */
  MY_GRANTS_ASK_HEADING(1),
  /** Before the list of what would end; {0} is the client. */
  MY_GRANTS_ASK_ALLOWS(1),
  /** What it means; {0} is the client. */
  MY_GRANTS_ASK_MEANS(1),
  /** Button. */
  MY_GRANTS_KEEP(0),
  /** What happened; {0} is the client. */
  MY_GRANTS_ENDED(1),
  /** How long it takes; {0} is a span of time. */
  MY_GRANTS_ENDED_WITHIN(1),
  /** What was to be ended is not there. */
  MY_GRANTS_NOT_THERE(0),
  /** Label of the reference on an error page. */
  FAILURE_REFERENCE(0),
  /** What the reference is for. */
  FAILURE_QUOTE(0),
  /** Advice. */
  NEXT_START_AGAIN(0),
  /** Advice. */
  NEXT_SAME_BROWSER(0),
  /** Advice. */
  NEXT_TELL_APPLICATION(0),
  /** Advice. */
  NEXT_GO_BACK(0),
  /** Advice. */
  NEXT_LATER(0),
  /** Heading. */
  OVER_HEADING(0),
  /** What happened. */
  OVER_TEXT(0),
  /** Heading. */
  UNKNOWN_HEADING(0),
  /** What happened. */
  UNKNOWN_TEXT(0),
  /** What happened. */
  UNKNOWN_TOO_OFTEN(0),
  /** Heading. */
  ELSEWHERE_HEADING(0),
  /** What happened. */
  ELSEWHERE_TEXT(0),
  /** Heading. */
  APPLICATION_HEADING(0),
  /** What happened. */
  APPLICATION_NOT_PUSHED(0),
  /** What happened. */
  APPLICATION_ADDRESS(0),
  /** Heading. */
  BUSY_HEADING(0),
  /** What happened. */
  BUSY_TEXT(0),
  /** Heading. */
  UNREADABLE_HEADING(0),
  /** What happened. */
  UNREADABLE_TEXT(0),
  /** Heading. */
  BROKEN_HEADING(0),
  /** What happened. */
  BROKEN_TEXT(0);

  private final int placeholders;

  Message(int placeholders) {
    this.placeholders = placeholders;
  }

  /** Its key in a file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** How many placeholders it must have: all of {@code {0}}, {@code {1}} and so on below this. */
  public int placeholders() {
    return placeholders;
  }

  /** Whether what it is filled in with is a number; a name or a sentence otherwise. */
  boolean counts() {
    return this == PERIOD_MINUTES
        || this == PERIOD_HOURS
        || this == PERIOD_DAYS
        || this == MY_GRANTS_MORE;
  }

  /** The message for a claim of OpenID Connect Core section 5.1; empty for any other. */
  static Optional<Message> ofClaim(String claim) {
    return ofKey("claim." + claim.replace('_', '.')).filter(message -> message != CLAIM_UNNAMED);
  }

  static Optional<Message> ofKey(String key) {
    return Arrays.stream(values()).filter(message -> message.key().equals(key)).findFirst();
  }
}
