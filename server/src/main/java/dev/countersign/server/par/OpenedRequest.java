package dev.countersign.server.par;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.store.OnceKey;
import java.util.Optional;

/**
 * The parameters that count of what was pushed.
 *
 * @param parameters those inside the request object; without one, all that came
 * @param signed the object, if there was one
 * @param onceKey what makes the object usable once, if it has a {@code jti}
 */
record OpenedRequest(Form parameters, Optional<Signed> signed, Optional<OnceKey> onceKey) {

  /**
   * An object that was verified.
   *
   * @param object the JWT
   * @param keys those that it could be signed with
   */
  record Signed(String object, JwkSet keys) {

    /** The type's name: what is asked for may be private. */
    @Override
    public String toString() {
      return "Signed";
    }
  }
}
