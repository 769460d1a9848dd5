package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes where it is read, or registered, which messages of a party must be signed. */
final class SigningPartiesMutants {
  private static final String READER = "server.config.MessageSigningReader";
  private static final String MEMBERS = "server.register.MessageMembers";

  private static final List<SeededMutant> IN_FILES =
      List.of(
          // The profile alone demands nothing.
          in(
              "server",
              "server.config.SignedMessage",
              "Set.copyOf(named.isEmpty() ? List.of(values()) : named)",
              "Set.copyOf(named)",
              "MS-5.3.1-1",
              "MS-5.4.1-1"),
          in(
              "server",
              READER,
              "messages.contains(SignedMessage.RESPONSES) || onlySigned(modes),",
              "messages.contains(SignedMessage.RESPONSES),",
              "MS-5.4.1-1",
              "MS-5.3.3-1"),
          in(
              "server",
              READER,
              "if (messages.contains(SignedMessage.RESPONSES) &&"
                  + " modes.contains(ResponseMode.QUERY)) {",
              "if (messages.isEmpty() && modes.size() > modes.size()) {",
              "MS-5.4.1-1"),
          // Machines that could sign nothing are shut out.
          in(
              "server",
              READER,
              "signs && grantTypes.contains(GrantType.AUTHORIZATION_CODE));",
              "signs && !grantTypes.isEmpty());",
              "JAR-9"),
          // Nothing could ever verify its requests.
          in(
              "server",
              READER,
              "if (signed && keys.filter(ClientKeys.None.class::isInstance).isPresent()) {",
              "if (signed && keys.isEmpty()) {",
              "MS-5.3.1-1",
              "JAR-9"),
          in(
              "server",
              READER,
              "noneMatch(key -> key.algorithm() == algorithm.get())",
              "noneMatch(key -> key.algorithm().equals(key.algorithm()))",
              "JAR-9"),
          in(
              "server",
              "server.client.RegisteredClient",
              "messageSigning.responseAlgorithm(),",
              "messageSigning.requestAlgorithm(),",
              "JARM-7"),
          in(
              "server",
              "server.client.RegisteredClient",
              "messageSigning.introspectionAlgorithm())",
              "messageSigning.requestAlgorithm())",
              "9701-9"));

  private static final List<SeededMutant> REGISTERED =
      List.of(
          in("server", MEMBERS, "    messages.addAll(demanded);\n", "", "MS-5.3.1-1", "MS-5.4.1-1"),
          in(
              "server",
              MEMBERS,
              "messages.add(SignedMessage.REQUESTS);",
              "messages.remove(SignedMessage.REQUESTS);",
              "DC-3",
              "JAR-8"),
          // It is told that it may have what is refused.
          in(
              "server",
              MEMBERS,
              "(mode.isSigned() || !must)\n",
              "!mode.value().isEmpty()\n",
              "DC-4"),
          in("server", MEMBERS, "if (must && !signs) {", "if (must && signs) {", "MS-5.3.1-1"),
          in(
              "server",
              MEMBERS,
              "filter(m -> m.isSigned() || !must)",
              "filter(m -> m.isSigned() || named.size() > 1)",
              "MS-5.4.1-1"),
          in(
              "server",
              MEMBERS,
              "if (possible.isEmpty() && !named.isEmpty()) {",
              "if (possible.isEmpty() && !named.isEmpty() && must) {",
              "DC-3",
              "MS-5.3.3-1"),
          in(
              "server",
              MEMBERS,
              "if (sent.has(name) && !sent.isNull(name)) {",
              "if (sent.isNull(name)) {",
              "DC-3",
              "JARM-7"),
          in(
              "server",
              MEMBERS,
              ".put(SIGNED_REQUESTS, sent.bool(SIGNED_REQUESTS).filter(signs -> signs))",
              "",
              "DC-1",
              "DC-3",
              "JAR-8"),
          in(
              "server",
              MEMBERS,
              "all.put(RESPONSE_ALGORITHM, signing.joseName());",
              "all.put(RESPONSE_ALGORITHM, \"RS256\");",
              "DC-1",
              "JARM-7"));

  private static final List<SeededMutant> PUBLISHED =
      List.of(
          in(
              "server",
              "server.metadata.ServerMetadata",
              "        SignatureAlgorithm.joseNames(),\n        signing,\n",
              "        signing,\n        SignatureAlgorithm.joseNames(),\n",
              "JARM-8",
              "JAR-8"));

  static final List<SeededMutant> ALL =
      Stream.of(IN_FILES, REGISTERED, PUBLISHED).flatMap(List::stream).toList();

  private SigningPartiesMutants() {}
}
