package dev.countersign.server.browser;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.Secret;
import dev.countersign.requirement.Enforces;
import java.util.Optional;
import java.util.Set;

/** Proves that a form came from a page that this browser was shown. Compared in constant time. */
public final class FormToken extends Secret {
  private static final int LONGEST = 128;

  /** Of Fetch Metadata: this origin, or the person's own doing, such as a reload. */
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  /**
   * The token of a form that was sent; empty if it has none, or none of ours, or if the browser
   * says that a page of another site sent it. A browser that says nothing is believed to: what it
   * holds is compared.
   */
  @Enforces("A1-33")
  public static Optional<FormToken> of(Form form, Headers headers, InteractionUrls urls) {
    if (!isFromOwnSite(headers, urls)) {
      return Optional.empty();
    }
    try {
      return form.value("token").map(FormToken::new);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /**
   * Our pages forbid the browser to name them to others, and some browsers then send {@code null}
   * even to ourselves.
   */
  private static boolean isFromOwnSite(Headers headers, InteractionUrls urls) {
    return headers.all("Origin").stream().allMatch(Set.of("null", urls.origin())::contains)
        && headers.all("Sec-Fetch-Site").stream().allMatch(OWN_SITE::contains);
  }

  /** As it came in the form: 1 to 128 visible ASCII characters. */
  public FormToken(String value) {
    super(value, LONGEST);
  }
}
