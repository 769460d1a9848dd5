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

  /**
   * Let it through.
   *
   * @param access what the token allows
   */
  record Admitted(
      Access access, FapiInteractionId interactionId, List<Map.Entry<String, String>> headers)
      implements Verdict {
    /** Copies the list. */
    public Admitted {
      headers = List.copyOf(headers);
    }
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
