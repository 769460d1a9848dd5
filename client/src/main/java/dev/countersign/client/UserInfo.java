package dev.countersign.client;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Subject;

/**
 * What the userinfo endpoint says about the person of an ID token.
 *
 * @param sub who it is; equal to the ID token's
 * @param claims all members of the answer
 */
public record UserInfo(Subject sub, JsonObject claims) {

  /** The type's name only: the rest is personal. */
  @Override
  public String toString() {
    return "UserInfo";
  }
}
