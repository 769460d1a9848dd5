package dev.countersign.protocol.httpsig;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.ListField;
import dev.countersign.protocol.structured.MalformedFieldException;
import dev.countersign.protocol.structured.Member;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of components of one message (RFC 9421 section 2). What has many components in it, a
 * dictionary or a query, is read once, however many of them are asked for. For one thread.
 */
final class ComponentValues {

  private final RequestMessage request;
  private final Optional<ResponseMessage> response;
  private final Map<Component, DictionaryField> dictionaries = new HashMap<>();
  private Optional<Map<String, List<String>>> query = Optional.empty();

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
  @Enforces({"SIG-2", "SIG-5"})
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

  @Enforces("SIG-3")
  private String derived(Component component, boolean ofRequest)
      throws InvalidHttpSignatureException {
    if (component.name().equals("@query-param") && ofRequest) {
      query = query.or(() -> Optional.of(DerivedValues.queryParameters(request)));
      return DerivedValues.only(query.orElseThrow(), component.text("name"));
    }
    if (ofRequest) {
      return DerivedValues.of(request, component);
    }
    if (component.name().equals("@status")) {
      return Integer.toString(response.orElseThrow().status());
    }
    throw fault("SIG-3", component.name() + " is a part of requests");
  }

  @Enforces({"SIG-2", "SIG-4"})
  private String field(Component component, Headers fields) throws InvalidHttpSignatureException {
    String name = component.name();
    List<String> lines = fields.all(name).stream().map(ComponentValues::trimmed).toList();
    if (lines.isEmpty()) {
      throw fault("SIG-2", name + " is signed and not there");
    }
    try {
      if (component.is("bs")) {
        return bytes(lines);
      }
      if (component.is("key")) {
        return dictionary(component, lines)
            .get(component.text("key"))
            .map(Member::serialize)
            .orElseThrow(() -> fault("SIG-2", name + " has no member of that key"));
      }
      return component.is("sf")
          ? StructuredFields.canonical(name, lines)
          : String.join(", ", lines);
    } catch (MalformedFieldException e) {
      throw fault("SIG-2", name + ": " + e.reason());
    }
  }

  private DictionaryField dictionary(Component member, List<String> lines)
      throws MalformedFieldException, InvalidHttpSignatureException {
    Component whole = member.without("key").without("sf");
    DictionaryField known = dictionaries.get(whole);
    if (known != null) {
      return known;
    }
    DictionaryField read = StructuredFields.dictionary(member.name(), lines);
    dictionaries.put(whole, read);
    return read;
  }

  /** Each line as bytes. A line holds one byte in each character, or is none that came by HTTP. */
  private static String bytes(List<String> lines) throws InvalidHttpSignatureException {
    List<Member> members = new ArrayList<>();
    for (String line : lines) {
      if (line.chars().anyMatch(c -> c > 0xFF)) {
        throw fault("SIG-5", "a field with bs has characters that are no bytes");
      }
      members.add(Item.of(new ByteSequence(line.getBytes(ISO_8859_1))));
    }
    return new ListField(members).serialize();
  }

  /**
   * Without the space around it (RFC 9421 section 2.1). A line that was folded has become one with
   * spaces before it came here: {@link Headers} takes no line ends.
   */
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
