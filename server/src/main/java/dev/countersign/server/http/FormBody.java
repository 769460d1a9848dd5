package dev.countersign.server.http;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the form that a client or a browser posts to an endpoint. */
public final class FormBody {
  private static final Pattern FORM_TYPE =
      Pattern.compile("application/x-www-form-urlencoded(?:\\s*;\\s*charset=(?:utf-8|\"utf-8\"))?");

  private FormBody() {}

  /**
   * The parameters of the body. Refuses a content type other than {@code
   * application/x-www-form-urlencoded} (415; {@code charset=utf-8} is allowed), parameters in the
   * query (RFC 6749 section 2.3.1 keeps secrets out of URLs) and everything that {@link
   * Form#parseBody} refuses.
   */
  @Enforces({"PAR-1", "OA-5"})
  public static Form read(HttpRequest request) {
    List<String> types = request.headers().all("content-type");
    if (types.size() != 1
        || !FORM_TYPE.matcher(types.getFirst().strip().toLowerCase(Locale.ROOT)).matches()) {
      throw Refusal.http(415, "PAR-1", "the body must be application/x-www-form-urlencoded")
          .withDetail(
              Refusal.mismatch(
                  "content-type", types.toString(), "application/x-www-form-urlencoded"))
          .exception();
    }
    if (request.query().filter(query -> !query.isEmpty()).isPresent()) {
      throw new RefusalException(
          Refusal.oauth(
              OAuthError.INVALID_REQUEST, "OA-5", "parameters belong in the body, not in the URL"));
    }
    return Form.parseBody(request.body());
  }
}
