package dev.countersign.server.issue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.jose.Base64Url;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.TokenFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;

/**
 * The handles by which resource servers know the access tokens that end together: HMAC-SHA256 of
 * the family and the audience. Who has no key can neither go back from a handle to a grant, nor
 * tell that the handles of two audiences are of one grant, so that resource servers cannot find out
 * which of their people are the same.
 *
 * <p>Safe for any number of threads.
 */
public final class FamilyHandles {
  /** What the store knows the keys by. */
  public static final String PURPOSE = "grant-handles";

  private final Jose jose;
  private final List<byte[]> keys;

  /**
   * Holds the keys.
   *
   * @param keys at least one, each of 32 bytes or more; the first makes the handles of new tokens,
   *     all are for those that are out, so that a key can be replaced
   */
  public FamilyHandles(Jose jose, List<byte[]> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("FamilyHandles.keys must be at least one (SP-5.3.4-3)");
    }
    this.jose = jose;
    this.keys = keys.stream().map(byte[]::clone).toList();
  }

  /** What a new token bears: a handle for each audience. */
  @Enforces({"SP-5.3.4-3", "GM-10-2"})
  GrantHandles ofToken(TokenFamily family, List<ResourceIndicator> audiences) {
    Map<String, String> handles = new LinkedHashMap<>();
    for (ResourceIndicator audience : audiences) {
      handles.put(audience.value(), handle(keys.getFirst(), family, audience));
    }
    return new GrantHandles(handles);
  }

  /** All that tokens of the family bear for an audience, by whichever key. */
  public List<String> of(TokenFamily family, ResourceIndicator audience) {
    return keys.stream().map(key -> handle(key, family, audience)).toList();
  }

  private String handle(byte[] key, TokenFamily family, ResourceIndicator audience) {
    Mac mac = jose.hmacSha256(key);
    mac.update(family.name().getBytes(UTF_8));
    // Neither part has it, so that no two pairs are the same text.
    mac.update((byte) 0);
    return Base64Url.encode(mac.doFinal(audience.value().getBytes(UTF_8)));
  }
}
