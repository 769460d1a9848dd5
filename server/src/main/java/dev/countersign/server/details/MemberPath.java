package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a member of a detail is: a JSON pointer (RFC 6901) in which {@code *} stands for every
 * object of an array, {@code /accounts/*}{@code /iban}.
 *
 * @param segments the names from outside to inside; at least one, the last of them no star
 */
public record MemberPath(List<String> segments) {
  /** Every object of an array. No member has this name: it is no Unicode text. */
  static final String EACH = "\uDFFF";

  private static final String STAR = "*";

  /** Copies the list. */
  public MemberPath {
    segments = List.copyOf(segments);
  }

  /**
   * Reads the text form.
   *
   * @throws MalformedJsonException if it is no pointer, begins with a star or ends in one
   */
  public static MemberPath parse(String text) throws MalformedJsonException {
    if (!text.startsWith("/") || text.endsWith("/") || text.endsWith("/" + STAR)) {
      throw new MalformedJsonException("a member must be a JSON pointer that ends in a name");
    }
    List<String> segments = new ArrayList<>();
    for (String segment : text.substring(1).split("/", -1)) {
      segments.add(segment.equals(STAR) ? EACH : segment.replace("~1", "/").replace("~0", "~"));
    }
    if (segments.getFirst().equals(EACH)) {
      throw new MalformedJsonException("a member must begin with a name");
    }
    return new MemberPath(segments);
  }

  /** A member right below this one. */
  MemberPath child(String name) {
    List<String> longer = new ArrayList<>(segments);
    longer.add(name);
    return new MemberPath(longer);
  }

  /** The member that is there in what stands at this one. */
  MemberPath below(MemberPath other) {
    List<String> longer = new ArrayList<>(segments);
    longer.addAll(other.segments);
    return new MemberPath(longer);
  }

  /** Whether it is the other or anywhere below that. */
  boolean isWithin(MemberPath other) {
    int length = other.segments.size();
    return segments.size() >= length && segments.subList(0, length).equals(other.segments);
  }

  /** The name of the outermost member. */
  String first() {
    return segments.getFirst();
  }

  /** All members of an object that it leads to, in their order; none that is absent. */
  List<Member> in(JsonObject object) {
    List<JsonObject> holders = List.of(object);
    for (int i = 0; i < segments.size() - 1; i++) {
      String name = segments.get(i);
      if (!name.equals(EACH)) {
        boolean each = segments.get(i + 1).equals(EACH);
        holders =
            holders.stream()
                .map(holder -> new Member(holder, name))
                .flatMap(
                    member ->
                        (each ? member.elements() : member.object().stream().toList()).stream())
                .toList();
      }
    }
    String last = segments.getLast();
    return holders.stream()
        .filter(holder -> holder.has(last))
        .map(holder -> new Member(holder, last))
        .toList();
  }

  /** The text form. */
  @Override
  public String toString() {
    return segments.stream()
        .map(segment -> segment.equals(EACH) ? STAR : segment.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining("/", "/", ""));
  }
}
