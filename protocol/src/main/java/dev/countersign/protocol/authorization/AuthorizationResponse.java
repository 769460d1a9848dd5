package dev.countersign.protocol.authorization;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the authorization server lets the browser carry back to the client: a code or an error,
 * always with the issuer (RFC 6749 section 4.1.2, RFC 9207 section 2).
 */
public sealed interface AuthorizationResponse {

  /** The state of the request, unchanged. */
  Optional<State> state();

  /** Who answers. */
  Issuer iss();

  /** The parameters of the answer. */
  Form toForm();

  /**
   * The authorization was given.
   *
   * @param code to be redeemed once, within seconds
   * @param state the state of the request
   * @param iss who answers
   */
  record Success(AuthorizationCode code, Optional<State> state, Issuer iss)
      implements AuthorizationResponse {

    @Override
    public Form toForm() {
      return withIssuer(Form.builder().add("code", code.reveal()), this);
    }
  }

  /**
   * There is no authorization.
   *
   * @param error the error code; a client may meet ones we do not know
   * @param description for the developer; only %x20-21, %x23-5B, %x5D-7E
   * @param state the state of the request
   * @param iss who answers
   */
  record Failure(String error, Optional<String> description, Optional<State> state, Issuer iss)
      implements AuthorizationResponse {

    private static final Pattern TEXT =
        Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]{1,512}");

    /** Refuses characters that RFC 6749 does not allow with {@link IllegalArgumentException}. */
    @Enforces({"OA-2"})
    public Failure {
      if (!TEXT.matcher(error).matches()) {
        throw new IllegalArgumentException(
            "AuthorizationResponse.Failure.error must be 1 to 512 characters that RFC 6749 allows"
                + " (OA-2)");
      }
      if (description.isPresent() && !TEXT.matcher(description.get()).matches()) {
        throw new IllegalArgumentException(
            "AuthorizationResponse.Failure.description must be 1 to 512 characters that RFC 6749"
                + " allows (OA-2)");
      }
    }

    /** An error we answer with. */
    public Failure(OAuthError error, String description, Optional<State> state, Issuer iss) {
      this(error.code(), Optional.of(description), state, iss);
    }

    @Override
    public Form toForm() {
      return withIssuer(
          Form.builder().add("error", error).add("error_description", description), this);
    }
  }

  /**
   * Where to send the browser: the redirect URI, whose own query stays as it is, with the answer
   * behind it.
   */
  @Enforces({"SP-5.3.2.2-7", "OA-8"})
  default URI redirectTo(RedirectUri redirectUri) {
    return redirectUri.withQuery(toForm().encode());
  }

  /**
   * Reads the query that a browser brought to the client's redirect URI.
   *
   * <p>A repeated parameter, a missing or malformed {@code iss}, a code together with an error, and
   * neither of them are refused with {@code invalid_request}. That {@code iss} and {@code state}
   * are those of the flow is the caller's comparison.
   *
   * @param rawQuery as it stands in the URL, still encoded, without the question mark
   */
  @Enforces({"OA-5"})
  static AuthorizationResponse read(String rawQuery) {
    return read(Form.parseQuery(rawQuery));
  }

  /**
   * Reads the parameters of an answer, however they came: as they are, or as claims whose signature
   * is good. Refuses what {@link #read(String)} does.
   */
  @Enforces({"SP-5.3.3.2-5", "OA-8"})
  static AuthorizationResponse read(Form form) {
    Issuer iss =
        parse(form, "iss", Issuer::new)
            .orElseThrow(() -> refused("OA-8", "the authorization response has no iss"));
    Optional<State> state = parse(form, "state", State::new);
    Optional<AuthorizationCode> code = parse(form, "code", AuthorizationCode::new);
    Optional<String> error = form.value("error");
    if (code.isPresent() == error.isPresent()) {
      throw refused("OA-1", "the authorization response must have a code or an error");
    }
    if (code.isPresent()) {
      return new Success(code.get(), state, iss);
    }
    if (!Failure.TEXT.matcher(error.get()).matches()) {
      throw refused("OA-2", "the authorization response has a malformed error");
    }
    // Text for people only; servers do get its characters wrong, and the error matters more.
    Optional<String> description =
        form.value("error_description").filter(text -> Failure.TEXT.matcher(text).matches());
    return new Failure(error.get(), description, state, iss);
  }

  private static Form withIssuer(Form.Builder form, AuthorizationResponse response) {
    return form.add("state", response.state().map(State::value))
        .add("iss", response.iss().value())
        .build();
  }

  private static <T> Optional<T> parse(Form form, String name, Function<String, T> type) {
    try {
      return form.value(name).map(type);
    } catch (IllegalArgumentException e) {
      throw refused("OA-8", "the authorization response has a malformed parameter");
    }
  }

  private static RefusalException refused(String rule, String description) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST, rule, description).exception();
  }
}
