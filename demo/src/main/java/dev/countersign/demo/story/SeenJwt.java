package dev.countersign.demo.story;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import java.util.Optional;

/**
 * A signed object of a message.
 *
 * @param what what it is, for example {@code client assertion}
 * @param compact as it was sent
 * @param jws looked at strictly
 * @param claims what it says
 * @param signer whose key made the signature, verified; absent if it is nobody's we know
 */
public record SeenJwt(
    String what, String compact, CompactJws jws, JsonObject claims, Optional<Signer> signer) {

  /** What a signed authorization request is. */
  public static final String REQUEST_OBJECT = "request object";

  /** What a signed authorization response is. */
  public static final String RESPONSE = "authorization response";

  /** What a signed answer about a token is. */
  public static final String INTROSPECTION = "introspection answer";

  /** Where such an answer says what there is to say of the token. */
  public static final String OF_TOKEN = "token_introspection";

  /**
   * A key and whose it is.
   *
   * @param name for example {@code the client}
   */
  public record Signer(String name, Thumbprint thumbprint) {}

  /** A claim that is a string; absent otherwise. */
  public Optional<String> text(String claim) {
    return Json.text(claims, claim);
  }

  /** The thumbprint that an access token is bound to ({@code cnf.jkt}). */
  public Optional<String> boundTo() {
    return Json.object(claims, "cnf").flatMap(cnf -> Json.text(cnf, "jkt"));
  }

  /** Whether {@code name}'s key made the signature. */
  public boolean isSignedBy(String name) {
    return signer.filter(known -> known.name().equals(name)).isPresent();
  }
}
