package dev.countersign.resource;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.refusal.Refusal;
import java.util.List;
import java.util.Map;

/** What the library says of a request. Its headers belong on the answer in either case. */
public sealed interface Verdict {

  /** The request's {@code x-fapi-interaction-id}, for the log: sent by the client, or fresh. */
  FapiInteractionId interactionId();

  /** Header fields to send, in order; the interaction id is among them. */
  List<Map.Entry<String, String>> headers();

  /** Let it through. Only a {@link ResourceServer} says so. */
  sealed interface Admitted extends Verdict permits AdmittedRequest {
    /** What the token allows. */
    Access access();

    /**
     * The answer to this request if it wants what its details do not allow, to be sent in place of
     * one of your own: 403 {@code insufficient_scope} (RFC 6750 section 3.1), or 503 where it
     * cannot be said at the moment.
     *
     * @param why from {@link Access#use}, or {@link DetailVerdict.NotGranted} where {@link
     *     Access#allows} said no
     */
    Refused refuse(DetailVerdict.Refused why);
  }

  /**
   * Answer with this status and these headers and do nothing else.
   *
   * @param status 400, 401, 403 or 503
   * @param refusal which rule was broken, for the log; {@code refusal.detail()} is for the log only
   */
  record Refused(
      int status,
      Refusal refusal,
      FapiInteractionId interactionId,
      List<Map.Entry<String, String>> headers)
      implements Verdict {
    /** Copies the list. */
    public Refused {
      headers = List.copyOf(headers);
    }
  }
}
