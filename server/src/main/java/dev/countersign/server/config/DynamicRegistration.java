package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.InitialAccessToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How clients register themselves, and the rules that such a client is read by: those of the files,
 * in the same room. Immutable.
 */
public final class DynamicRegistration {
  private static final String NAME = "registration";

  private final DynamicRegistrationReader.Limits limits;
  private final ClientRules rules;

  DynamicRegistration(DynamicRegistrationReader.Limits limits, ClientRules rules) {
    this.limits = limits;
    this.rules = rules;
  }

  /** What the keys of a client came to. */
  public sealed interface Reading {
    /** A client of ours. */
    record Right(RegisteredClient client) implements Reading {}

    /**
     * No client.
     *
     * @param key the first key that is wrong; may be empty
     * @param fault what is wrong with it, for the log
     */
    record Wrong(String key, String fault) implements Reading {}
  }

  /** Whether no initial access token is needed to register. */
  public boolean isOpen() {
    return limits.open();
  }

  /** Whether the token is one that was handed out; all are compared, each in constant time. */
  @Enforces({"DC-1"})
  public boolean admits(InitialAccessToken token) {
    SecretDigest digest = token.digest();
    boolean known = false;
    for (SecretDigest one : limits.tokens()) {
      known |= one.equals(digest);
    }
    return known;
  }

  /** How many such clients there may be. */
  public int maxClients() {
    return limits.maxClients();
  }

  /** How long a registration waits for its client to authenticate; empty: for ever. */
  public Optional<Duration> unusedFor() {
    return limits.unusedFor();
  }

  /** All that such a client may ask for. */
  public Scope scope() {
    return limits.scope();
  }

  /** All that such a client may ask tokens for. */
  public List<ResourceIndicator> resources() {
    return limits.resources();
  }

  /** The types of authorization details that such a client may ask for. */
  public Set<String> detailTypes() {
    return limits.detailTypes();
  }

  /** The grants that such a client may use. */
  public Set<GrantType> grantTypes() {
    return limits.grantTypes();
  }

  /** How such a client may authenticate. */
  public Set<String> methods() {
    return limits.methods();
  }

  /** What such a client must have signed. */
  public Set<SignedMessage> messages() {
    return limits.messages();
  }

  /** Whose software statements are taken. */
  public SoftwareStatementRules statements() {
    return limits.statements();
  }

  /**
   * Reads the keys of a client as if they stood in a file of {@code clients_dir}.
   *
   * @param keys those of {@code clients[]} but the id; JSON is YAML
   */
  @Enforces({"DC-5", "SP-6.7"})
  public Reading read(ClientId id, JsonObject keys) {
    Findings findings = new Findings(NAME);
    ClientReader reader = new ClientReader(Path.of(""), rules, new ReadFiles());
    try {
      String text = keys.toBuilder().put("client_id", id.value()).build().toJson();
      return reader
          .read(new Section(findings, ConfigFile.compose(NAME, text), ""))
          .<Reading>map(Reading.Right::new)
          .orElseGet(() -> wrong(findings.problems()));
    } catch (ConfigException e) {
      return wrong(e.problems());
    }
  }

  private static Reading wrong(List<ConfigProblem> problems) {
    ConfigProblem first = problems.getFirst();
    return new Reading.Wrong(first.key(), first.fault());
  }
}
