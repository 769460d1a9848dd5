package dev.countersign.client;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jar.VerifiedRequestObject;
import java.util.Optional;
import java.util.function.Consumer;

/** Signed requests as a {@link ScriptedAs} takes them. */
final class SignedObjects {

  private SignedObjects() {}

  /**
   * What is asked for: of a signed request, what is inside alone.
   *
   * @param useOnce told what must not come again
   */
  static Form opened(Form pushed, ScriptedAs as, Consumer<String> useOnce) {
    if (!pushed.has(RequestObject.PARAMETER)) {
      return pushed;
    }
    VerifiedRequestObject verified =
        RequestObject.read(pushed.required(RequestObject.PARAMETER))
            .verify(
                ScriptedAs.JOSE,
                as.clientKeys,
                Optional.empty(),
                as.clientId,
                as.issuer,
                as.clock.instant());
    useOnce.accept("object " + verified.jti().orElseThrow().value());
    return verified.parameters();
  }
}
