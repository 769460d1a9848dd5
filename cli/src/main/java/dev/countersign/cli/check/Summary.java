package dev.countersign.cli.check;

import static java.util.stream.Collectors.joining;

import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.DynamicRegistration;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.server.config.SignedMessage;
import dev.countersign.server.config.SoftwareStatementRules;
import dev.countersign.server.config.SoftwareStatementRules.Trusted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a configuration would serve, in lines of two columns. */
final class Summary {
  private final List<String> lines = new ArrayList<>();

  private Summary() {}

  /**
   * The lines.
   *
   * @param certificates what is to be said of the certificate of each listener
   */
  static List<String> of(Config config, List<String> certificates) {
    Summary summary = new Summary();
    summary.add("issuer", List.of(config.issuer().value()));
    summary.add("listens on", List.of(config.listen().authority(config.listen().port())));
    config
        .mtls()
        .ifPresent(
            mtls ->
                summary.add(
                    "mtls",
                    List.of(
                        mtls.listen().authority(mtls.listen().port())
                            + ", known as "
                            + mtls.origin())));
    summary.add("certificate", certificates.stream().distinct().toList());
    summary.add("store", List.of(config.store().toString()));
    summary.add("resources", config.resources().stream().map(Summary::resource).toList());
    if (!config.detailTypes().names().isEmpty()) {
      summary.add("details", config.detailTypes().names());
    }
    summary.add("clients", config.clients().stream().map(Summary::client).toList());
    if (!config.resourceServers().isEmpty()) {
      summary.add(
          "asking", config.resourceServers().stream().map(Summary::resourceServer).toList());
    }
    config
        .registration()
        .dynamic()
        .ifPresent(rules -> summary.add("registering", List.of(registering(rules))));
    summary.add("users", List.of(String.valueOf(config.users().size())));
    return summary.lines;
  }

  private void add(String name, List<String> values) {
    String first = name;
    for (String value : values.isEmpty() ? List.of("none") : values) {
      lines.add("  %-12s %s".formatted(first, value));
      first = "";
    }
  }

  private static String resource(ResourceConfig resource) {
    String scopes = resource.scopes().isEmpty() ? "no scope of its own" : "" + resource.scopes();
    return resource.indicator() + " (" + scopes + ")";
  }

  private static String registering(DynamicRegistration rules) {
    return "up to "
        + rules.maxClients()
        + " clients register themselves, "
        + (rules.isOpen() ? "without a token" : "with an initial access token")
        + signed(
            ", with ",
            rules.messages().contains(SignedMessage.REQUESTS),
            rules.messages().contains(SignedMessage.RESPONSES))
        + statements(rules.statements());
  }

  private static String statements(SoftwareStatementRules rules) {
    String issuers = rules.issuers().stream().map(Trusted::issuer).collect(joining(", "));
    if (issuers.isEmpty()) {
      return "";
    }
    return (rules.required() ? ", each" : ", some") + " with a software statement of " + issuers;
  }

  private static String client(RegisteredClient client) {
    MessageSigning messages = client.messageSigning();
    return client.id()
        + " ("
        + client.grantTypes().stream().map(GrantType::value).sorted().collect(joining(", "))
        + signed("; with ", messages.requests(), messages.responses())
        + ")";
  }

  /** What must be signed; nothing where nothing must. */
  private static String signed(String before, boolean requests, boolean responses) {
    String what =
        Stream.of(requests ? "requests" : "", responses ? "responses" : "")
            .filter(name -> !name.isEmpty())
            .collect(joining(" and "));
    return what.isEmpty() ? "" : before + "signed " + what;
  }

  private static String resourceServer(RegisteredClient resourceServer) {
    return resourceServer.id()
        + (resourceServer.messageSigning().introspection() ? " (for signed answers alone)" : "");
  }
}
