package dev.countersign.attacker.deployment;

import dev.countersign.attacker.deployment.Kind.WrongValue;
import dev.countersign.attacker.deployment.TestClient.Authentication;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.InitialAccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.RefusalException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The kinds of values of the file.
 *
 * @param folder where relative paths start
 * @param environment the value of an environment variable
 */
record Kinds(Path folder, Function<String, Optional<String>> environment) {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,3})([sm])");
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Pattern LISTEN = Pattern.compile("([^\\s/@]+):([0-9]{1,5})");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final String HTTPS = "https://";

  /** Text, not empty. */
  static Kind<String> text(String example) {
    return new Kind<>(example, Kinds::text);
  }

  /** {@code true} or {@code false}. */
  static Kind<Boolean> bool() {
    return new Kind<>(
        "false",
        node -> {
          if (node instanceof ScalarNode scalar && Tag.BOOL.equals(scalar.getTag())) {
            return Boolean.valueOf(scalar.getValue());
          }
          throw new WrongValue("must be true or false");
        });
  }

  /** A whole number from 1. */
  static Kind<Integer> count(int most, String example) {
    return new Kind<>(
        example,
        node -> {
          if (node instanceof ScalarNode scalar
              && Tag.INT.equals(scalar.getTag())
              && scalar.getValue().matches("[1-9]\\d{0,8}")
              && Integer.parseInt(scalar.getValue()) <= most) {
            return Integer.valueOf(scalar.getValue());
          }
          throw new WrongValue("must be a whole number from 1 to " + most);
        });
  }

  /** A number of seconds or minutes, at most 5 minutes. */
  static Kind<Duration> timeout() {
    return new Kind<>(
        "10s",
        node -> {
          Matcher form = DURATION.matcher(text(node));
          if (!form.matches()) {
            throw new WrongValue("must be a number and a unit: s or m");
          }
          long amount = Long.parseLong(form.group(1));
          Duration duration =
              form.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMinutes(amount);
          if (duration.compareTo(LONGEST) > 0) {
            throw new WrongValue("must be at most 5m (our choice, because every recipe waits so)");
          }
          return duration;
        });
  }

  /** One of these words. */
  static Kind<String> word(String... words) {
    List<String> known = List.of(words);
    return new Kind<>(
        known.getFirst(),
        node -> {
          String text = text(node);
          if (!known.contains(text)) {
            throw new WrongValue("must be one of: " + String.join(", ", known));
          }
          return text;
        });
  }

  static Kind<Authentication> authentication() {
    Kind<String> words =
        word(
            Arrays.stream(Authentication.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new));
    return new Kind<>(
        words.example(),
        node -> Authentication.valueOf(words.reader().read(node).toUpperCase(Locale.ROOT)));
  }

  static Kind<Issuer> issuer() {
    return ofType(
        "https://as.example.com", "must be an https URL without query or fragment", Issuer::new);
  }

  static Kind<ClientId> clientId(String example) {
    return ofType(example, "must be 1 to 255 visible ASCII characters", ClientId::new);
  }

  static Kind<RedirectUri> redirectUri() {
    return ofType(
        "https://app-1.example.com/callback",
        "must be an https URL without user and fragment",
        text -> new RedirectUri(httpsUrl(text).toString()));
  }

  /** An identifier, never reached: any scheme. */
  static Kind<String> indicator() {
    return ofType(
        "https://api.example.com",
        "must be an absolute URI without fragment (RFC 8707 section 2)",
        text -> new ResourceIndicator(text).value());
  }

  static Kind<String> scope(String example) {
    return ofType(
        example,
        "must be scope names separated by one space",
        text -> Scope.parse(text).toString());
  }

  /** A URL that is reached. */
  static Kind<URI> url(String example) {
    return ofType(example, "must be an https URL without user and fragment", Kinds::httpsUrl);
  }

  /** Scheme, host and perhaps port. */
  static Kind<URI> origin(String example) {
    return ofType(
        example,
        "must be https, a host and perhaps a port, without a path",
        text -> {
          URI url = httpsUrl(text);
          if (!text.equals(HTTPS + url.getRawAuthority())) {
            throw new IllegalArgumentException("no origin");
          }
          return url;
        });
  }

  private static URI httpsUrl(String text) {
    URI url = URI.create(text);
    if (!text.startsWith(HTTPS)
        || url.getHost() == null
        || url.getPort() == 0
        || url.getPort() > 65535
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException("no https URL");
    }
    return url;
  }

  /** A server that may be reached: host and port, as {@link Bounds} has them. */
  static Kind<String> allowed() {
    return ofType(
        "as.example.com:443",
        "must be one host and its port, without scheme, path or wildcard",
        text -> {
          URI url = httpsUrl(HTTPS + text);
          if (url.getPort() < 0 || !text.equals(url.getRawAuthority())) {
            throw new IllegalArgumentException("no host and port");
          }
          return Bounds.authority(url);
        });
  }

  /** An address to bind, not resolved, and a port, 0 for any free one. */
  static Kind<InetSocketAddress> listen() {
    return ofType(
        "\"0.0.0.0:9443\"",
        "must be an address to bind and a port from 0 to 65535",
        text -> {
          Matcher form = LISTEN.matcher(text);
          if (!form.matches()) {
            throw new IllegalArgumentException("no address and port");
          }
          return InetSocketAddress.createUnresolved(form.group(1), Integer.parseInt(form.group(2)));
        });
  }

  /** A section that goes to the server as JSON. */
  static Kind<JsonObject> json(String example) {
    return new Kind<>(example, YamlJson::object);
  }

  /** An entry of {@code authorization_details}, which has a type (RFC 9396 section 2). */
  static Kind<JsonObject> authorizationDetail() {
    return new Kind<>(
        "{type: account_information}",
        node -> {
          JsonObject detail = YamlJson.object(node);
          if (!detail.isString("type")) {
            throw new WrongValue("must have a type, which is text (RFC 9396 section 2)");
          }
          return detail;
        });
  }

  /** Texts by name, which may take environment variables. */
  Kind<Map<String, String>> fill() {
    return new Kind<>(
        "{username: alice, password: \"${ALICE_PASSWORD}\"}",
        node -> {
          if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            throw new WrongValue("must be a section: the names of form fields and their texts");
          }
          Map<String, String> texts = new LinkedHashMap<>();
          Set<String> names = new HashSet<>();
          for (NodeTuple tuple : mapping.getValue()) {
            String name = YamlJson.name(tuple, names);
            texts.put(name, filled(name, tuple.getValueNode()));
          }
          return texts;
        });
  }

  private String filled(String name, Node node) throws WrongValue {
    try {
      return secret(node);
    } catch (WrongValue e) {
      throw new WrongValue(node, "'" + name + "' " + e.fault());
    }
  }

  Kind<InitialAccessToken> initialAccessToken() {
    return new Kind<>(
        "${REGISTRATION_TOKEN}",
        node -> {
          String text = secret(node);
          try {
            return new InitialAccessToken(text);
          } catch (IllegalArgumentException _) {
            throw new WrongValue("must be 1 to 4096 visible ASCII characters");
          }
        });
  }

  /** Text in which each variable stands for its value; what a value holds stays as it is. */
  private String secret(Node node) throws WrongValue {
    Matcher variable = VARIABLE.matcher(value(node));
    StringBuilder text = new StringBuilder();
    while (variable.find()) {
      variable.appendReplacement(text, Matcher.quoteReplacement(valueOf(variable.group(1))));
    }
    return variable.appendTail(text).toString();
  }

  /** Only a name that can be one is cited: what looks otherwise may be a part of a password. */
  private String valueOf(String name) throws WrongValue {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new WrongValue("must name an environment variable in ${}: letters, digits and _");
    }
    return environment
        .apply(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () -> new WrongValue("needs the environment variable " + name + ", which is not set"));
  }

  /** A file with a private JWK. */
  Kind<SigningKey> signingKey(String example) {
    return new Kind<>(example, node -> KeyFiles.signingKey(path(node)));
  }

  /** A file with a public JWK. */
  Kind<PublicJwk> publicKey(String example) {
    return new Kind<>(example, node -> KeyFiles.publicKey(path(node)));
  }

  /** A PEM file with certificates. */
  Kind<List<X509Certificate>> certificates(String example) {
    return new Kind<>(example, node -> KeyFiles.certificates(path(node)));
  }

  /** A PEM file with the private key to a certificate; only its path if that could not be read. */
  Kind<Optional<TestCertificate>> certificateKey(
      Optional<List<X509Certificate>> chain, String example) {
    return new Kind<>(
        example,
        node -> {
          Path file = path(node);
          return chain.isPresent()
              ? Optional.of(KeyFiles.certificate(chain.get(), file))
              : Optional.empty();
        });
  }

  private Path path(Node node) throws WrongValue {
    try {
      return folder.resolve(text(node)).normalize();
    } catch (IllegalArgumentException _) {
      throw new WrongValue("must be the path of a file");
    }
  }

  /** A value of a type that checks itself; {@code rule} says what it demands. */
  private static <T> Kind<T> ofType(String example, String rule, Function<String, T> make) {
    return new Kind<>(
        example,
        node -> {
          String text = text(node);
          try {
            return make.apply(text);
          } catch (IllegalArgumentException | RefusalException _) {
            throw new WrongValue(rule);
          }
        });
  }

  private static String text(Node node) throws WrongValue {
    if (isVariable(node)) {
      throw new WrongValue("must be text; environment variables are for fill and token alone");
    }
    return value(node);
  }

  /** YAML has a type of its own for a plain text that is a variable and nothing else. */
  private static boolean isVariable(Node node) {
    return Tag.ENV_TAG.equals(node.getTag());
  }

  private static String value(Node node) throws WrongValue {
    if (!(node instanceof ScalarNode scalar)) {
      throw new WrongValue("must be text");
    }
    if (!Tag.STR.equals(scalar.getTag()) && !isVariable(scalar)) {
      throw new WrongValue("must be text; put quotes around it");
    }
    if (scalar.getValue().isBlank()) {
      throw new WrongValue("must not be empty");
    }
    return scalar.getValue();
  }
}
