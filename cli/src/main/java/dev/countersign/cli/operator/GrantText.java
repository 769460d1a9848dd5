package dev.countersign.cli.operator;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A grant for people: its id and a line for each thing that is known of it. */
public final class GrantText {
  private GrantText() {}

  /**
   * The lines.
   *
   * @param grant as the server describes it; its texts may be anybody's, so show them with care
   * @throws MalformedJsonException if that is no description of a grant
   */
  public static List<String> of(JsonObject grant) throws MalformedJsonException {
    List<String> lines = new ArrayList<>();
    lines.add(required(grant, "grant_id"));
    lines.add(line("client", named(grant, "client_name", "client_id")));
    lines.add(line("person", named(grant, "username", "sub")));
    lines.add(line("allows", allows(grant)));
    lines.add(line("at", String.join(" ", grant.strings("resources").orElse(List.of()))));
    lines.add(line("given", time(grant, "created_at").orElse("unknown")));
    Optional<String> changed = time(grant, "last_updated_at");
    if (!changed.equals(time(grant, "created_at"))) {
      lines.add(line("changed", changed.orElse("unknown")));
    }
    lines.add(line("last used", time(grant, "last_used_at").orElse("unknown")));
    lines.add(line("until", time(grant, "expires_at").orElse("it is ended")));
    return lines;
  }

  private static String line(String name, String value) {
    return "  %-10s %s".formatted(name, value);
  }

  private static String named(JsonObject grant, String name, String id)
      throws MalformedJsonException {
    String identifier = required(grant, id);
    return grant.string(name).map(text -> text + " (" + identifier + ")").orElse(identifier);
  }

  /** Of details the types alone: what they hold is a matter of the person. */
  private static String allows(JsonObject grant) throws MalformedJsonException {
    Stream<String> scope = grant.string("scope").filter(text -> !text.isEmpty()).stream();
    Stream<String> claims = grant.strings("claims").orElse(List.of()).stream();
    Stream<String> types =
        AuthorizationDetails.read(grant).list().stream().map(AuthorizationDetail::type);
    return String.join(
        " ", Stream.of(scope, claims, types).flatMap(part -> part).distinct().toList());
  }

  private static Optional<String> time(JsonObject grant, String name)
      throws MalformedJsonException {
    try {
      return grant.integer(name).map(Instant::ofEpochSecond).map(Instant::toString);
    } catch (DateTimeException e) {
      throw new MalformedJsonException(name + " is no time");
    }
  }

  private static String required(JsonObject grant, String name) throws MalformedJsonException {
    return grant.string(name).orElseThrow(() -> new MalformedJsonException(name + " is missing"));
  }
}
