package dev.countersign.protocol.authorization;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Claims that a client asks for one by one: the {@code claims} parameter (OpenID Connect Core
 * section 5.5). Members that section 5.5 does not name are ignored, as it says.
 *
 * @param idToken what the ID token shall hold, by claim name, in the order of the request
 * @param userinfo what userinfo shall give, likewise
 */
public record ClaimsRequest(Map<String, Wanted> idToken, Map<String, Wanted> userinfo) {

  /** Nothing. */
  public static final ClaimsRequest NONE = new ClaimsRequest(Map.of(), Map.of());

  // Bounds of our own: what a store must keep and a page may have to show.
  private static final int MAX_CLAIMS = 64;
  private static final int MAX_NAME = 255;

  private static final String SUB = "sub";
  private static final String ACR = "acr";

  /** Copies and bounds the maps; too much is an {@link IllegalArgumentException}. */
  public ClaimsRequest {
    idToken = Collections.unmodifiableMap(new LinkedHashMap<>(idToken));
    userinfo = Collections.unmodifiableMap(new LinkedHashMap<>(userinfo));
    requireBounded("idToken", idToken);
    requireBounded("userinfo", userinfo);
  }

  private static void requireBounded(String component, Map<String, Wanted> claims) {
    boolean good =
        claims.size() <= MAX_CLAIMS
            && claims.keySet().stream()
                .allMatch(name -> !name.isEmpty() && name.length() <= MAX_NAME);
    if (!good) {
      throw new IllegalArgumentException(
          "ClaimsRequest."
              + component
              + " must have at most 64 names of 1 to 255 characters (OA-16)");
    }
  }

  /**
   * How much a claim is wanted.
   *
   * @param essential whether the client cannot go on well without it; only an {@code acr} is
   *     refused for it
   * @param values of {@code sub} and {@code acr} the values that are wanted, the best first; empty:
   *     any. Of another claim always empty: the client gets what is known and compares it itself
   */
  public record Wanted(boolean essential, List<String> values) {

    /** If it is at hand. */
    public static final Wanted VOLUNTARY = new Wanted(false, List.of());

    /** Copies the list. */
    public Wanted {
      values = List.copyOf(values);
    }

    private boolean meets(String value) {
      return values.isEmpty() || values.contains(value);
    }
  }

  /**
   * The text of the parameter. Refuses with {@code invalid_request} what is not the JSON of section
   * 5.5: a place that is no object, a claim that is neither {@code null} nor an object, a {@code
   * value} beside {@code values}, a {@code sub} or {@code acr} whose values are not text, and two
   * {@code sub} that no person can meet both.
   */
  @Enforces({"OA-16"})
  public static ClaimsRequest parse(String text) {
    try {
      JsonObject json = JsonObject.parse(text);
      return new ClaimsRequest(place(json, "id_token"), place(json, "userinfo")).ofSomebody();
    } catch (MalformedJsonException e) {
      throw malformed(e.reason());
    } catch (IllegalArgumentException e) {
      throw malformed("more than 64 claims, or a name over 255 characters");
    }
  }

  /** A request that nobody could be the answer to can be refused before anybody is asked. */
  private ClaimsRequest ofSomebody() throws MalformedJsonException {
    List<Wanted> subs = wanted(SUB).filter(sub -> !sub.values().isEmpty()).toList();
    boolean somebody =
        subs.isEmpty()
            || subs.getFirst().values().stream()
                .anyMatch(value -> subs.stream().allMatch(sub -> sub.meets(value)));
    if (!somebody) {
      throw new MalformedJsonException("for two different sub");
    }
    return this;
  }

  private static RefusalException malformed(String reason) {
    return Refusal.oauth(
            OAuthError.INVALID_REQUEST, "OA-16", "claims must be a JSON object of claims requests")
        .withDetail(
            Refusal.mismatch("claims", reason, "the object of OpenID Connect Core section 5.5"))
        .exception();
  }

  private static Map<String, Wanted> place(JsonObject json, String name)
      throws MalformedJsonException {
    Optional<JsonObject> claims = json.object(name);
    if (claims.isEmpty()) {
      return Map.of();
    }
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    for (String claim : claims.get().names()) {
      wanted.put(
          claim,
          claims.get().isNull(claim)
              ? Wanted.VOLUNTARY
              : wanted(claim, claims.get().object(claim).orElseThrow()));
    }
    return wanted;
  }

  private static Wanted wanted(String claim, JsonObject json) throws MalformedJsonException {
    boolean essential = json.bool("essential").orElse(false);
    if (json.has("value") && json.has("values")) {
      throw new MalformedJsonException("a claim has value and values");
    }
    if (claim.equals(SUB) || claim.equals(ACR)) {
      return new Wanted(essential, demanded(json));
    }
    if (json.has("values") && !json.isArray("values")) {
      throw new MalformedJsonException("member values is not an array");
    }
    return new Wanted(essential, List.of());
  }

  /** Nothing can meet an empty list, so that it cannot be meant. */
  private static List<String> demanded(JsonObject json) throws MalformedJsonException {
    Optional<String> one = json.string("value");
    List<String> values =
        one.isPresent() ? List.of(one.get()) : json.strings("values").orElse(List.of());
    if (json.has("values") && values.isEmpty()) {
      throw new MalformedJsonException("member values is empty");
    }
    return values;
  }

  /**
   * The text of the parameter, never longer than the one it was read from. {@link #parse} of it
   * gives an equal request.
   */
  public String toJson() {
    JsonObject.Builder json = JsonObject.builder();
    put(json, "id_token", idToken);
    put(json, "userinfo", userinfo);
    return json.build().toJson();
  }

  private static void put(JsonObject.Builder json, String place, Map<String, Wanted> claims) {
    if (claims.isEmpty()) {
      return;
    }
    JsonObject.Builder all = JsonObject.builder();
    claims.forEach(
        (name, wanted) -> {
          JsonObject.Builder one = JsonObject.builder();
          if (wanted.essential()) {
            one.put("essential", true);
          }
          if (wanted.values().size() == 1) {
            one.put("value", wanted.values().getFirst());
          } else if (!wanted.values().isEmpty()) {
            one.put("values", wanted.values());
          }
          all.put(name, one.build());
        });
    json.put(place, all.build());
  }

  /**
   * Whether the request may be answered for this person: a {@code sub} with a value names the only
   * one it may be, wherever it stands and whether it is called essential or not (section 3.1.2.2).
   */
  @Enforces({"OA-16"})
  public boolean allows(Subject person) {
    return wanted(SUB).allMatch(sub -> sub.meets(person.value()));
  }

  /**
   * The same request about this person alone: their {@code sub} becomes the one value that is
   * wanted.
   *
   * @throws IllegalArgumentException if it names other people, or has no room for one more claim
   */
  @Enforces({"OA-16", "OA-18"})
  public ClaimsRequest about(Subject person) {
    if (!allows(person)) {
      throw new IllegalArgumentException("ClaimsRequest wants another sub (OA-18)");
    }
    Map<String, Wanted> withSub = new LinkedHashMap<>(idToken);
    withSub.put(SUB, new Wanted(true, List.of(person.value())));
    return new ClaimsRequest(withSub, userinfo);
  }

  /**
   * Whether a login of this {@code acr} is strong enough: it is one of the values of each essential
   * {@code acr} (section 5.5.1.1). An {@code acr} that is not essential is a wish.
   *
   * @param acr what the login says of itself; empty: nothing, which meets no value
   */
  @Enforces({"OA-16"})
  public boolean allows(Optional<String> acr) {
    return wanted(ACR)
        .filter(wish -> wish.essential() && !wish.values().isEmpty())
        .allMatch(demand -> acr.filter(demand::meets).isPresent());
  }

  private Stream<Wanted> wanted(String claim) {
    return Stream.of(idToken, userinfo)
        .flatMap(place -> Optional.ofNullable(place.get(claim)).stream());
  }
}
