package dev.countersign.server.config;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.Kind.WrongValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The kinds of values of the file, apart from durations and JSON. */
final class Kinds {
  private Kinds() {}

  /** Text, not empty. */
  static Kind<String> text(String example) {
    return new Kind<>(example, Kinds::text);
  }

  /** {@code true} or {@code false}. */
  static Kind<Boolean> bool(boolean example) {
    return new Kind<>(
        Boolean.toString(example),
        node -> {
          if (node instanceof ScalarNode scalar && Tag.BOOL.equals(scalar.getTag())) {
            return Boolean.valueOf(scalar.getValue());
          }
          throw new WrongValue("must be true or false");
        });
  }

  /** A TCP port, 0 for any free one. */
  static Kind<Integer> port() {
    return new Kind<>(
        "8443",
        node -> {
          if (node instanceof ScalarNode scalar
              && Tag.INT.equals(scalar.getTag())
              && scalar.getValue().matches("\\d{1,5}")
              && Integer.parseInt(scalar.getValue()) <= 65535) {
            return Integer.valueOf(scalar.getValue());
          }
          throw new WrongValue("must be a port number from 0 (any free port) to 65535");
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

  /** A whole number from 1, or {@code none}. */
  static Kind<Optional<Integer>> countOrNone(int most, String example) {
    Kind<Integer> count = count(most, example);
    return new Kind<>(
        example,
        node ->
            node instanceof ScalarNode scalar && scalar.getValue().equals("none")
                ? Optional.empty()
                : Optional.of(count.reader().read(node)));
  }

  static Kind<Issuer> issuer() {
    return ofType(
        "https://auth.example.com", "must be an https URL without query or fragment", Issuer::new);
  }

  static Kind<ClientId> clientId() {
    return ofType("bank-app", "must be 1 to 255 visible ASCII characters", ClientId::new);
  }

  static Kind<Subject> subject() {
    return ofType("u-4711", "must be 1 to 255 ASCII characters", Subject::new);
  }

  @Enforces({"SP-5.3.2.2-8"})
  static Kind<RedirectUri> redirectUri() {
    return ofType(
        "https://app.example.com/callback",
        "must be an absolute https URL without fragment, or http on 127.0.0.1 or [::1]"
            + " (SP-5.3.2.2-8)",
        RedirectUri::new);
  }

  static Kind<ResourceIndicator> resource() {
    return ofType(
        "https://api.example.com",
        "must be an absolute URI without fragment (RFC 8707 section 2)",
        ResourceIndicator::new);
  }

  static Kind<Scope> scope(String example) {
    return ofType(example, "must be scope names separated by one space", Scope::parse);
  }

  static Kind<PasswordHash> passwordHash() {
    return ofType(
        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$...",
        "must be an argon2id hash, never the password itself",
        PasswordHash::new);
  }

  @Enforces({"SP-5.3.2.1-2"})
  static Kind<GrantType> grantType() {
    String known =
        Arrays.stream(GrantType.values()).map(GrantType::value).collect(Collectors.joining(", "));
    return new Kind<>(
        GrantType.AUTHORIZATION_CODE.value(),
        node ->
            GrantType.of(text(node)).orElseThrow(() -> new WrongValue("must be one of: " + known)));
  }

  @Enforces({"SP-5.4.1-1.2", "SP-5.4.1-1.3"})
  static Kind<SignatureAlgorithm> algorithm() {
    return new Kind<>(
        "ES256",
        node ->
            SignatureAlgorithm.ofJoseName(text(node))
                .orElseThrow(() -> new WrongValue("must be PS256, ES256 or EdDSA (SP-5.4.1-1.2)")));
  }

  /** A path, relative ones from the folder of the configuration file. */
  static Kind<Path> path(Path folder, String example) {
    return ofType(example, "must be the path of a file", text -> folder.resolve(text).normalize());
  }

  /** A path of a file that can be read. */
  static Kind<Path> file(Path folder, String example) {
    return new Kind<>(
        example,
        node -> {
          Path path = path(folder, example).reader().read(node);
          if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new WrongValue("no readable file at " + path);
          }
          return path;
        });
  }

  /** A value of a type that checks itself; {@code rule} says what it demands. */
  private static <T> Kind<T> ofType(String example, String rule, Function<String, T> make) {
    return new Kind<>(
        example,
        node -> {
          String text = text(node);
          try {
            return make.apply(text);
          } catch (IllegalArgumentException | RefusalException e) {
            throw new WrongValue(rule);
          }
        });
  }

  static String text(Node node) throws WrongValue {
    if (!(node instanceof ScalarNode scalar)) {
      throw new WrongValue("must be text");
    }
    if (!Tag.STR.equals(scalar.getTag())) {
      throw new WrongValue("must be text; put quotes around it");
    }
    if (scalar.getValue().isBlank()) {
      throw new WrongValue("must not be empty");
    }
    return scalar.getValue();
  }
}
