package dev.countersign.client;

import dev.countersign.protocol.http.Authority;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request to a resource server, without token and proof: {@link FapiClient#call} adds them. The
 * target is {@code https} in ASCII without user information; fields that the library or HTTP itself
 * sets are refused, with {@link IllegalArgumentException} as all faults are.
 */
public final class ResourceRequest {

  private static final Set<String> OURS =
      Set.of(
          "authorization",
          "dpop",
          "x-fapi-interaction-id",
          "x-fapi-end-user-present",
          "host",
          "connection",
          "content-length",
          "expect",
          "upgrade");

  private final String method;
  private final URI target;
  private final List<Map.Entry<String, String>> headers;
  private final List<String> signedHeaders;
  private final byte[] body;
  private final EndUserPresent endUserPresent;

  private ResourceRequest(
      String method,
      URI target,
      List<Map.Entry<String, String>> headers,
      List<String> signedHeaders,
      byte[] body,
      EndUserPresent endUserPresent) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.signedHeaders = signedHeaders;
    this.body = body;
    this.endUserPresent = endUserPresent;
  }

  /** A GET of the target, in the background. */
  public static ResourceRequest get(URI target) {
    return of("GET", target);
  }

  /** A request without body, in the background. */
  @Enforces("SP-5.2.1-1")
  public static ResourceRequest of(String method, URI target) {
    if (!"https".equalsIgnoreCase(target.getScheme()) || !Authority.isPlain(target)) {
      throw new IllegalArgumentException("the target must be an absolute https URL (SP-5.2.1-1)");
    }
    if (!target.toASCIIString().equals(target.toString())) {
      throw new IllegalArgumentException(
          "the target must be ASCII: percent-encode what is not (RFC 3986 section 2.1)");
    }
    if (carriesToken(target)) {
      throw new IllegalArgumentException(
          "the target has a parameter access_token; tokens go in a field only (SP-5.3.3.1-3)");
    }
    return new ResourceRequest(
        method,
        withoutEmptyQuery(target),
        List.of(),
        List.of(),
        new byte[0],
        new EndUserPresent(false));
  }

  /** The same with one more field. */
  @Enforces("SP-5.3.3.1-3")
  public ResourceRequest withHeader(String name, String value) {
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("the library sets the field " + name + " itself");
    }
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new ResourceRequest(
        method, target, List.copyOf(more), signedHeaders, body, endUserPresent);
  }

  /**
   * The same with one more field, which is signed where requests are ({@link
   * FapiClientBuilder#httpSignatures}), with all its values: an idempotency key, or whatever else
   * decides what is done. It has printable ASCII only. The type and the coding of the content are
   * signed in any case.
   */
  public ResourceRequest withSignedHeader(String name, String value) {
    ResourceRequest more = withHeader(name, value);
    List<String> names = new ArrayList<>(signedHeaders);
    names.add(name);
    return new ResourceRequest(
        method, target, more.headers, List.copyOf(names), body, endUserPresent);
  }

  /** The same with this content. */
  public ResourceRequest withBody(String contentType, byte[] content) {
    ResourceRequest typed = withHeader("Content-Type", contentType);
    return new ResourceRequest(
        method, target, typed.headers, signedHeaders, content.clone(), endUserPresent);
  }

  /** The same, while a person is active in the session ({@code x-fapi-end-user-present: true}). */
  @Enforces("IA-2.2.2-1")
  public ResourceRequest withEndUserPresent() {
    return new ResourceRequest(
        method, target, headers, signedHeaders, body, new EndUserPresent(true));
  }

  /** The method, as it is signed and sent. */
  public String method() {
    return method;
  }

  /** Where it goes. */
  public URI target() {
    return target;
  }

  /** Fields of the caller, in order. */
  public List<Map.Entry<String, String>> headers() {
    return headers;
  }

  /** Names of those fields that are signed where requests are. */
  List<String> signedHeaders() {
    return signedHeaders;
  }

  /** A copy of the content; empty if there is none. */
  public byte[] body() {
    return body.clone();
  }

  /** Whether a person is active in the session. */
  public EndUserPresent endUserPresent() {
    return endUserPresent;
  }

  /** Method and place, without the query. */
  @Override
  public String toString() {
    return "ResourceRequest[" + method + " " + target.getHost() + target.getRawPath() + "]";
  }

  /**
   * The HTTP client of the JDK leaves out the question mark of an empty query, and what is signed
   * is what is sent.
   */
  private static URI withoutEmptyQuery(URI target) {
    return "".equals(target.getRawQuery())
        ? URI.create(target.toString().replaceFirst("\\?", ""))
        : target;
  }

  /** RFC 6750 section 2.3: the form that FAPI forbids. */
  private static boolean carriesToken(URI target) {
    return target.getQuery() != null
        && Arrays.stream(target.getQuery().split("&"))
            .anyMatch(pair -> pair.equals("access_token") || pair.startsWith("access_token="));
  }
}
