package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.details.Choice;
import dev.countersign.server.details.DetailTypes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of one user. */
final class UserReader {
  private final List<RegisteredClient> clients;
  private final DetailTypes detailTypes;
  private final Set<String> usernames = new HashSet<>();
  private final Set<Subject> subjects = new HashSet<>();

  UserReader(List<RegisteredClient> clients, DetailTypes detailTypes) {
    this.clients = clients;
    this.detailTypes = detailTypes;
  }

  Optional<UserConfig> read(Section section) {
    Optional<String> username =
        section.required("username", Kinds.text("anna"), "What the person types.");
    Optional<Subject> subject =
        section.required(
            "sub", Kinds.subject(), "What clients see; never equal to a `client_id` (SP-6.7).");
    Optional<PasswordHash> password =
        section.required("password", Kinds.passwordHash(), "What the password is checked against.");
    Optional<JsonObject> claims =
        section.optional(
            "claims", JsonKinds.claims(), "none", "What is known about the person, by claim name.");
    Optional<Map<String, List<Choice>>> choices =
        section.optional(
            "choices",
            ChoicesKind.choices(),
            "none",
            "What the person can choose from at consent, by name: each entry has a label, which may"
                + " differ by language, and the value that the authorization details get. The type"
                + " of the details says from which name is chosen.");
    username
        .filter(name -> !usernames.add(name))
        .ifPresent(_ -> section.problem("username", "belongs to another user already", ""));
    choices.ifPresent(all -> all.forEach((name, list) -> requireFit(section, name, list)));
    subject.ifPresent(sub -> requireOwn(section, sub));
    claims
        .filter(json -> json.has("sub"))
        .ifPresent(
            _ -> section.problem("claims", "must not hold sub; that is a key of its own", ""));
    return section.finish(
        () ->
            new UserConfig(
                username.orElseThrow(),
                subject.orElseThrow(),
                password.orElseThrow(),
                claims.orElseGet(() -> JsonObject.builder().build()),
                choices.orElse(Map.of())));
  }

  /** What the details would have no place for must not come into a grant (RAR-7.1-1). */
  @Enforces({"RAR-7.1-1"})
  private void requireFit(Section section, String name, List<Choice> choices) {
    choices.stream()
        .flatMap(choice -> detailTypes.misfits(name, choice).stream())
        .distinct()
        .forEach(fault -> section.problem("choices", "'" + name + "' " + fault, ""));
  }

  /** A {@code sub} names one person, and never what is also a client. */
  @Enforces({"SP-6.7", "AT-6"})
  private void requireOwn(Section section, Subject subject) {
    if (!subjects.add(subject)) {
      section.problem("sub", "belongs to another user already", "");
    }
    if (clients.stream().anyMatch(client -> client.id().value().equals(subject.value()))) {
      section.problem("sub", "equals a client_id; they must differ (SP-6.7)", "u-4711");
    }
  }
}
