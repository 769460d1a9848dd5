package dev.countersign.resource;

import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.httpsig.VerifiedRequestSignature;
import dev.countersign.protocol.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * A copy of the content of the request, whose digest was checked; empty if it has none, and
     * where a resource server without HTTP signatures did not read it.
     */
    byte[] body();

    /**
     * The signature of the request; empty where a resource server without {@link
     * ResourceServer#httpSignatures} wanted none. It says which fields the client signed, and with
     * {@link #body} it shows later what the client asked for: kept with its request, content and
     * key, it can be verified again as of the time when it was made. That is for whoever is
     * admitted to do, since this library keeps nothing. The request holds an access token, and may
     * be about people.
     */
    Optional<VerifiedRequestSignature> requestSignature();

    /** Whether the answer must go with the fields of {@link #sign}. */
    boolean signsResponse();

    /**
     * The fields that sign an answer: {@code Signature-Input}, {@code Signature}, and {@code
     * Content-Digest} where there is content. Send them with exactly what was signed, in the place
     * of any of the same name; none where the resource server does not sign.
     *
     * @param status of the answer
     * @param fields of the answer, {@link #headers} included. Of them those are signed that say
     *     what the content is or where to go on, and the demands of a 401: see {@link
     *     ResourceServer#signResponses(ResponseKeys, List)}
     * @param content as it is sent, after any content coding; empty where HTTP sends none, as in
     *     the answer to a HEAD request
     * @throws IllegalArgumentException for a {@code Content-Type}, {@code Content-Encoding}, {@code
     *     Location} or field of your choice with other characters than printable ASCII, and for a
     *     {@code Content-Digest} of other content
     */
    List<Map.Entry<String, String>> sign(
        int status, List<Map.Entry<String, String>> fields, byte[] content);

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
   * Answer with this status and these headers and do nothing else. Where the resource server signs
   * its responses, the headers have the signature of an answer without content.
   *
   * @param status 400, 401, 403, 413 or 503
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
