package dev.countersign.protocol.jar;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.idtoken.IdTokenHints;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of an authorization request as the members of a request object, and as the text
 * that they are in a form (RFC 9101 section 4: strings are JSON strings, numbers are JSON numbers;
 * RFC 9396 section 3 and OpenID Connect Core section 6.1: what is JSON text in a form is JSON).
 *
 * <p>Members that are no parameters are left out: the claims of the JWT itself, and what we do not
 * know, as an unsigned request has it ignored (RFC 6749 section 3.1).
 */
final class ObjectParameters {

  private static final String MAX_AGE = "max_age";
  private static final String RESOURCE = "resource";
  private static final String CLAIMS = "claims";

  /** Those that are text in both forms. */
  private static final Set<String> TEXTS =
      Set.of(
          "response_type",
          "client_id",
          "redirect_uri",
          "scope",
          "state",
          "nonce",
          "code_challenge",
          "code_challenge_method",
          "dpop_jkt",
          "prompt",
          "acr_values",
          "login_hint",
          "ui_locales",
          ResponseMode.NAME,
          IdTokenHints.PARAMETER,
          GrantManagement.ACTION,
          GrantManagement.GRANT_ID);

  /**
   * Those that are JSON. Of another type than they should be, they are text that whoever reads an
   * unsigned request refuses: also a string, since it is in quotes.
   */
  private static final Set<String> JSONS =
      Set.of(CLAIMS, AuthorizationDetails.NAME, "registration");

  private ObjectParameters() {}

  /** All parameters of a request; {@link #toForm} of them reads as an equal request. */
  @Enforces({"MS-5.3.2-1", "JAR-1", "RAR-2-2"})
  static JsonObject toJson(AuthorizationRequest request) {
    Form form = request.toForm();
    JsonObject.Builder json = JsonObject.builder();
    for (String name : form.names()) {
      switch (name) {
        case MAX_AGE -> json.put(name, request.maxAge().orElseThrow().toSeconds());
        case RESOURCE -> putOneOrMore(json, form.values(name));
        case CLAIMS -> json.put(name, parse(form.required(name)));
        case AuthorizationDetails.NAME -> json.put(name, request.authorizationDetails().member());
        default -> json.put(name, form.value(name));
      }
    }
    return json.build();
  }

  private static void putOneOrMore(JsonObject.Builder json, List<String> values) {
    if (values.size() == 1) {
      json.put(RESOURCE, values.getFirst());
    } else {
      json.put(RESOURCE, values);
    }
  }

  private static JsonObject parse(String ours) {
    try {
      return JsonObject.parse(ours);
    } catch (MalformedJsonException impossible) {
      throw new IllegalStateException("what was written as JSON is none", impossible);
    }
  }

  /**
   * The parameters as a form would carry them. Refuses under JAR-1 text that is no JSON string, a
   * number that is no JSON number, and a NUL, which no form may have; the refusal names the
   * parameter.
   */
  @Enforces({"JAR-1", "JAR-5", "RAR-2-2"})
  static Form toForm(JsonObject json) {
    Form.Builder form = Form.builder();
    for (String name : json.names()) {
      NamedClaim.read(name, () -> values(json, name)).forEach(value -> form.add(name, value));
    }
    return form.build();
  }

  /** The values of a parameter; none if the member is no parameter. */
  private static List<String> values(JsonObject json, String name) throws InvalidJwtException {
    try {
      if (TEXTS.contains(name)) {
        return json.string(name).map(ObjectParameters::withoutNul).stream().toList();
      }
      if (JSONS.contains(name)) {
        return json.memberJson(name).stream().toList();
      }
      return switch (name) {
        case MAX_AGE -> json.number(name).map(ObjectParameters::plain).stream().toList();
        case RESOURCE -> oneOrMore(json).stream().map(ObjectParameters::withoutNul).toList();
        default -> List.of();
      };
    } catch (MalformedJsonException wrongType) {
      throw new InvalidJwtException("JAR-1", wrongType.reason());
    } catch (IllegalArgumentException nul) {
      throw new InvalidJwtException("JAR-1", "a parameter has a NUL");
    }
  }

  private static List<String> oneOrMore(JsonObject json) throws MalformedJsonException {
    Optional<List<String>> several =
        json.isString(RESOURCE) ? json.string(RESOURCE).map(List::of) : json.strings(RESOURCE);
    return several.orElse(List.of());
  }

  /** 3600.0 and 3.6e3 are the number 3600. */
  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static String withoutNul(String text) {
    if (text.contains("\0")) {
      throw new IllegalArgumentException("NUL");
    }
    return text;
  }
}
