package dev.countersign.demo.app;

import dev.countersign.client.BrowserSession;
import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.RefusalException;
import java.util.Locale;
import java.util.Optional;

/**
 * One request.
 *
 * @param session of the browser; a fresh one if it brought none
 * @param visitor who connected a bank in that session
 */
record Visit(HttpRequest request, BrowserSession session, Optional<Visitor> visitor) {
  private static final String FORM = "application/x-www-form-urlencoded";

  boolean isPost() {
    return request.method().equals("POST");
  }

  /** The parameters of the posted form. */
  Form form() throws TroubleException {
    boolean isForm =
        request
            .headers()
            .first("Content-Type")
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .filter(FORM::equals)
            .isPresent();
    if (!isForm) {
      throw new TroubleException(Trouble.FORM);
    }
    try {
      return Form.parseBody(request.body());
    } catch (RefusalException malformed) {
      throw new TroubleException(Trouble.FORM, malformed);
    }
  }
}
