package dev.countersign.server.par;

import dev.countersign.protocol.http.Form;
import dev.countersign.store.OnceKey;
import java.util.Optional;

/**
 * The parameters that count of what was pushed.
 *
 * @param parameters those inside the request object; without one, all that came
 * @param signed whether there was one
 * @param onceKey what makes the object usable once, if it has a {@code jti}
 */
record OpenedRequest(Form parameters, boolean signed, Optional<OnceKey> onceKey) {}
