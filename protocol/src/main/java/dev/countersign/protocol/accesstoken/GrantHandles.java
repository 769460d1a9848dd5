package dev.countersign.protocol.accesstoken;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claim by which a resource server finds a token's grant in the revocation feed: for each
 * audience a handle that says nothing to another one.
 *
 * @param byAudience the handles, each by its audience; both never empty
 */
public record GrantHandles(Map<String, String> byAudience) {

  /** The name of the claim, which is ours. */
  public static final String CLAIM = "grant_handles";

  /** No handle. */
  public static final GrantHandles NONE = new GrantHandles(Map.of());

  /** Copies the map; an empty audience or handle is an {@link IllegalArgumentException}. */
  public GrantHandles {
    byAudience = Collections.unmodifiableMap(new LinkedHashMap<>(byAudience));
    if (byAudience.containsKey("") || byAudience.containsValue("")) {
      throw new IllegalArgumentException("GrantHandles must not have empty texts");
    }
  }

  /** The handle for an audience. */
  public Optional<String> of(String audience) {
    return Optional.ofNullable(byAudience.get(audience));
  }

  /** The handles for these audiences alone. */
  public GrantHandles at(List<String> audiences) {
    Map<String, String> some = new LinkedHashMap<>(byAudience);
    some.keySet().retainAll(audiences);
    return new GrantHandles(some);
  }

  /** The claim; empty if there is no handle, so that it is left out. */
  public Optional<JsonObject> member() {
    if (byAudience.isEmpty()) {
      return Optional.empty();
    }
    JsonObject.Builder json = JsonObject.builder();
    byAudience.forEach(json::put);
    return Optional.of(json.build());
  }

  /** The claim of a token; {@link #NONE} if it has none. */
  public static GrantHandles read(JsonObject token) throws MalformedJsonException {
    Optional<JsonObject> claim = token.object(CLAIM);
    if (claim.isEmpty()) {
      return NONE;
    }
    Map<String, String> handles = new LinkedHashMap<>();
    for (String audience : claim.get().names()) {
      String handle = claim.get().string(audience).orElse("");
      if (audience.isEmpty() || handle.isEmpty()) {
        throw new MalformedJsonException("a handle or its audience is empty");
      }
      handles.put(audience, handle);
    }
    return new GrantHandles(handles);
  }
}
