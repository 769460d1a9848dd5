package dev.countersign.server.config;

import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.config.SoftwareStatementRules.Trusted;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of {@code dynamic_registration.software_statements}. */
final class SoftwareStatementReader {
  private static final String ISSUERS = "issuers";
  private static final String EXAMPLE =
      "[{issuer: 'https://directory.example.org', jwks_uri: 'https://directory.example.org/jwks'}]";

  private SoftwareStatementReader() {}

  static Optional<SoftwareStatementRules> read(Section section) {
    boolean required =
        section
            .orElse(
                "required",
                Kinds.bool(true),
                "false",
                "Whether nobody registers without one. Then it admits those who have it, and"
                    + " `initial_access_tokens` may be left out.")
            .orElse(false);
    Set<String> names = new HashSet<>();
    List<Trusted> issuers =
        section.someSections(
            ISSUERS,
            "none: every statement is refused",
            EXAMPLE,
            "Who is trusted to make them.",
            one -> issuer(one, names));
    if (required && !section.has(ISSUERS)) {
      section.missing(ISSUERS, EXAMPLE);
    }
    return section.finish(() -> new SoftwareStatementRules(required, issuers));
  }

  private static Optional<Trusted> issuer(Section section, Set<String> names) {
    Optional<String> name =
        section.required(
            "issuer",
            Kinds.text("https://directory.example.org"),
            "The `iss` of its statements, compared character by character; it need not be a URL.");
    name.filter(text -> !names.add(text))
        .ifPresent(_ -> section.problem("issuer", "stands here twice", ""));
    Optional<ClientKeys> keys = keys(section);
    Optional<Duration> maxAge =
        section.optional(
            "max_age",
            Durations.statementAge(),
            "as long as its `exp` allows",
            "How old a statement may be when it comes; one without `iat` is refused then.");
    return section.finish(() -> new Trusted(name.orElseThrow(), keys.orElseThrow(), maxAge));
  }

  private static Optional<ClientKeys> keys(Section section) {
    Optional<ClientKeys> inline =
        section
            .optional(
                "jwks",
                JsonKinds.jwks(),
                "this or `jwks_uri`",
                "The public keys that it signs with (RFC 7517), as JSON or YAML.")
            .map(ClientKeys::of);
    Optional<ClientKeys> published =
        section
            .optional(
                "jwks_uri",
                Kinds.jwksUri(),
                "this or `jwks`",
                "Where it publishes them: fetched by the rules of `client_keys`.")
            .map(ClientKeys::at);
    if (!section.has("jwks") && !section.has("jwks_uri")) {
      section.missing("jwks_uri", "https://directory.example.org/jwks");
    } else if (section.has("jwks") && section.has("jwks_uri")) {
      section.problem("jwks_uri", "stands beside jwks; keep one of them", "");
    }
    return Stream.of(inline, published).flatMap(Optional::stream).findFirst();
  }
}
