package dev.countersign.protocol.httpsig;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.ListField;
import dev.countersign.protocol.structured.MalformedFieldException;
import dev.countersign.protocol.structured.Member;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The values of components of one message (RFC 9421 section 2). */
final class ComponentValues {

  /** Fields that are dictionaries by their specifications. */
  private static final Set<String> DICTIONARIES =
      Set.of(
          "signature",
          "signature-input",
          "accept-signature",
          "content-digest",
          "repr-digest",
          "want-content-digest",
          "want-repr-digest",
          "priority");

  private static final Set<String> LISTS = Set.of("cache-status", "proxy-status");

  private final RequestMessage request;
  private final Optional<ResponseMessage> response;

  private ComponentValues(RequestMessage request, Optional<ResponseMessage> response) {
    this.request = request;
    this.response = response;
  }

  static ComponentValues of(RequestMessage request) {
    return new ComponentValues(request, Optional.empty());
  }

  static ComponentValues of(ResponseMessage response) {
    return new ComponentValues(response.request(), Optional.of(response));
  }

  /** The value of a component; a fault if the message has none, or none that can be signed. */
  @Enforces({"SIG-2", "SIG-3", "SIG-4"})
  String value(Component component) throws InvalidHttpSignatureException {
    if (component.is("req") && response.isEmpty()) {
      throw fault("SIG-2", "req in the signature of a request");
    }
    boolean ofRequest = component.is("req") || response.isEmpty();
    String value =
        component.isDerived()
            ? derived(component, ofRequest)
            : field(component, fields(component.is("tr"), ofRequest));
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F))) {
      throw fault("SIG-5", component.name() + " has a value that cannot be signed");
    }
    return value;
  }

  private Headers fields(boolean trailers, boolean ofRequest) {
    if (ofRequest) {
      return trailers ? request.trailers() : request.headers();
    }
    ResponseMessage answer = response.orElseThrow();
    return trailers ? answer.trailers() : answer.headers();
  }

  private String derived(Component component, boolean ofRequest)
      throws InvalidHttpSignatureException {
    if (component.name().equals("@status") == ofRequest) {
      throw fault("SIG-3", component.name() + " is not of this message");
    }
    URI uri = request.uri();
    return switch (component.name()) {
      case "@status" -> "%03d".formatted(response.orElseThrow().status());
      case "@method" -> request.method();
      case "@target-uri" -> request.targetUri();
      case "@authority" -> authority(uri);
      case "@scheme" -> uri.getScheme().toLowerCase(Locale.ROOT);
      case "@path" -> path(uri);
      case "@query" -> "?" + query(uri);
      case "@request-target" ->
          path(uri) + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
      default -> queryParameter(uri, component.text("name"));
    };
  }

  private static String authority(URI uri) {
    String authority = uri.getRawAuthority().toLowerCase(Locale.ROOT);
    String port = uri.getScheme().equalsIgnoreCase("https") ? ":443" : ":80";
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }

  private static String path(URI uri) {
    return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  private static String query(URI uri) {
    return Optional.ofNullable(uri.getRawQuery()).orElse("");
  }

  /** The name in a component is encoded as the value is (section 2.2.8). */
  private static String queryParameter(URI uri, String name) throws InvalidHttpSignatureException {
    try {
      List<String> values =
          Arrays.stream(query(uri).split("&", -1))
              .map(pair -> pair.split("=", 2))
              .filter(pair -> encoded(pair[0]).equals(name))
              .map(pair -> pair.length == 2 ? encoded(pair[1]) : "")
              .toList();
      if (values.size() == 1) {
        return values.getFirst();
      }
    } catch (IllegalArgumentException malformed) {
      throw fault("SIG-3", "the query is not percent-encoded");
    }
    throw fault("SIG-3", "a query parameter does not occur exactly once");
  }

  private static String encoded(String raw) {
    return URLEncoder.encode(URLDecoder.decode(raw, UTF_8), UTF_8).replace("+", "%20");
  }

  private static String field(Component component, Headers fields)
      throws InvalidHttpSignatureException {
    List<String> lines =
        fields.all(component.name()).stream().map(ComponentValues::trimmed).toList();
    if (lines.isEmpty()) {
      throw fault("SIG-2", component.name() + " is signed and not there");
    }
    try {
      if (component.is("bs")) {
        return lines.stream().map(ComponentValues::bytes).collect(Collectors.joining(", "));
      }
      if (component.is("key")) {
        return DictionaryField.parse(lines)
            .get(component.text("key"))
            .map(Member::serialize)
            .orElseThrow(() -> fault("SIG-2", component.name() + " has no member of that key"));
      }
      return component.is("sf") ? strict(component.name(), lines) : String.join(", ", lines);
    } catch (MalformedFieldException e) {
      throw fault("SIG-2", component.name() + ": " + e.reason());
    }
  }

  private static String strict(String name, List<String> lines)
      throws InvalidHttpSignatureException, MalformedFieldException {
    if (DICTIONARIES.contains(name)) {
      return DictionaryField.parse(lines).serialize();
    }
    if (LISTS.contains(name)) {
      return ListField.parse(lines).serialize();
    }
    throw fault("SIG-2", name + " is not known to be a structured field");
  }

  private static String bytes(String line) {
    return Item.of(new ByteSequence(line.getBytes(ISO_8859_1))).serialize();
  }

  /** Without the space around it (RFC 9421 section 2.1). Folded lines never come so far. */
  private static String trimmed(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && isSpace(line.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static InvalidHttpSignatureException fault(String rule, String reason) {
    return new InvalidHttpSignatureException(rule, reason);
  }
}
