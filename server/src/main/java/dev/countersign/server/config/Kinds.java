package dev.countersign.server.config;

import dev.countersign.edge.AddressRange;
import dev.countersign.edge.TrustedProxies.ClientAddressField;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.config.Kind.WrongValue;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The kinds of values of the file, apart from durations and JSON. */
final class Kinds {
  private Kinds() {}

  /** Text, not empty. */
  static Kind<String> text(String example) {
    return new Kind<>(example, Shape.text(), "", Kinds::text);
  }

  /** {@code true} or {@code false}. */
  static Kind<Boolean> bool(boolean example) {
    return new Kind<>(
        Boolean.toString(example),
        Shape.bool(),
        "",
        node -> {
          if (node instanceof ScalarNode scalar && Tag.BOOL.equals(scalar.getTag())) {
            return Boolean.valueOf(scalar.getValue());
          }
          throw new WrongValue("must be true or false");
        });
  }

  /** A TCP port, 0 for any free one. */
  static Kind<Integer> port(String example) {
    return new Kind<>(
        example,
        Shape.integer(0, 65535),
        "0 finds a free one.",
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
        Shape.integer(1, most),
        "1 to " + most + ".",
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
        Shape.anyOf(count.shape(), Shape.oneOf(List.of("none"))),
        "1 to " + most + ", or `none`.",
        node ->
            node instanceof ScalarNode scalar && scalar.getValue().equals("none")
                ? Optional.empty()
                : Optional.of(count.reader().read(node)));
  }

  static Kind<Issuer> issuer() {
    return ofType(
        "https://auth.example.com",
        Shape.uri("^https://[^?#\\s]+$"),
        "An https URL without query and fragment.",
        "must be an https URL without query or fragment",
        Issuer::new);
  }

  /** Scheme, host and perhaps port. */
  static Kind<URI> origin() {
    return ofType(
        "https://mtls.auth.example.com",
        Shape.uri("^https://[^/?#@\\s]+$"),
        "https, a host and perhaps a port, without a path.",
        "must be https, a host and perhaps a port, without a path",
        Kinds::origin);
  }

  private static URI origin(String text) {
    URI url = URI.create(text);
    if (!text.matches("https://[^/?#@\\s]+") || url.getHost() == null) {
      throw new IllegalArgumentException("no https origin");
    }
    return url;
  }

  /** An IP address or a block of them. */
  static Kind<AddressRange> addressRange() {
    return ofType(
        "10.0.0.0/8",
        Shape.pattern("^[0-9A-Fa-f:.]+(/[1-9][0-9]{0,2})?$"),
        "IP addresses or blocks of them (`10.0.0.0/8`, `2001:db8::/32`).",
        "must be an IP address, or a block whose address has no bits beyond its prefix",
        AddressRange::parse);
  }

  /** Who says who the client is. */
  static Kind<ClientAddressField> clientAddressField() {
    return new Kind<>(
        "X-Forwarded-For",
        Shape.oneOf(List.of("X-Forwarded-For", "Forwarded", "none")),
        "`X-Forwarded-For`, `Forwarded` (RFC 7239) or `none`.",
        node ->
            switch (text(node)) {
              case "X-Forwarded-For" -> ClientAddressField.X_FORWARDED_FOR;
              case "Forwarded" -> ClientAddressField.FORWARDED;
              case "none" -> ClientAddressField.NONE;
              default -> throw new WrongValue("must be X-Forwarded-For, Forwarded or none");
            });
  }

  static Kind<ClientId> clientId() {
    return ofType(
        "bank-app",
        Shape.pattern("^[!-~]{1,255}$"),
        "1 to 255 visible ASCII characters.",
        "must be 1 to 255 visible ASCII characters",
        ClientId::new);
  }

  /** An authentication context class: no spaces, so that it can stand in {@code acr_values}. */
  static Kind<String> acr() {
    return new Kind<>(
        "urn:example:password",
        Shape.pattern("^[!-~]{1,255}$"),
        "1 to 255 visible ASCII characters.",
        node -> {
          String acr = text(node);
          if (!acr.matches("[\\x21-\\x7E]{1,255}")) {
            throw new WrongValue("must be 1 to 255 visible ASCII characters");
          }
          return acr;
        });
  }

  static Kind<Instant> instant() {
    return new Kind<>(
        "2026-11-25T12:00:00Z",
        Shape.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
        "A time in UTC, to the second.",
        node -> {
          try {
            return Instant.parse(text(node)).truncatedTo(ChronoUnit.SECONDS);
          } catch (DateTimeParseException e) {
            throw new WrongValue("must be a time in UTC as in RFC 3339");
          }
        });
  }

  static Kind<Subject> subject() {
    return ofType(
        "u-4711",
        Shape.pattern("^[ -~]{1,255}$"),
        "1 to 255 ASCII characters.",
        "must be 1 to 255 ASCII characters",
        Subject::new);
  }

  static Kind<ResourceIndicator> resource() {
    return ofType(
        "https://api.example.com",
        Shape.uri("^[A-Za-z][A-Za-z0-9+.-]*:[^#\\s]+$"),
        "An absolute URI without fragment.",
        "must be an absolute URI without fragment (RFC 8707 section 2)",
        ResourceIndicator::new);
  }

  static Kind<Scope> scope(String example) {
    return ofType(
        example,
        Shape.pattern("^[^\\s\"\\\\]+( [^\\s\"\\\\]+)*$"),
        "Names separated by one space.",
        "must be scope names separated by one space",
        Scope::parse);
  }

  /** A scope of one name. */
  static Kind<String> scopeName() {
    Kind<Scope> scope = scope("accounts");
    return new Kind<>(
        scope.example(),
        Shape.pattern("^[^\\s\"\\\\]+$"),
        "",
        node -> {
          List<String> names = scope.reader().read(node).tokens();
          if (names.size() != 1) {
            throw new WrongValue("must be one name");
          }
          return names.getFirst();
        });
  }

  static Kind<PasswordHash> passwordHash() {
    return ofType(
        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$...",
        Shape.pattern("^\\$argon2id\\$v=19\\$m=[0-9]+,t=[0-9]+,p=[0-9]+\\$[^$]+\\$[^$]+$"),
        "An argon2id hash in the PHC form, made by `countersign password-hash`, never the password"
            + " itself.",
        "must be an argon2id hash, never the password itself",
        PasswordHash::new);
  }

  @Enforces({"SP-5.3.2.1-2"})
  static Kind<GrantType> grantType() {
    List<String> known = Arrays.stream(GrantType.values()).map(GrantType::value).toList();
    return new Kind<>(
        GrantType.AUTHORIZATION_CODE.value(),
        Shape.oneOf(known),
        "Of `" + String.join("`, `", known) + "`.",
        node ->
            GrantType.of(text(node))
                .orElseThrow(() -> new WrongValue("must be one of: " + String.join(", ", known))));
  }

  @Enforces({"SP-5.4.1-1.2", "SP-5.4.1-1.3"})
  static Kind<SignatureAlgorithm> algorithm() {
    return new Kind<>(
        "ES256",
        Shape.oneOf(List.of("PS256", "ES256", "EdDSA", "Ed25519")),
        "`PS256`, `ES256` or `EdDSA` (SP-5.4.1-1.2).",
        node ->
            SignatureAlgorithm.ofJoseName(text(node))
                .orElseThrow(() -> new WrongValue("must be PS256, ES256 or EdDSA (SP-5.4.1-1.2)")));
  }

  /** Where a client publishes its keys. */
  @Enforces({"SP-5.4.2-1", "DC-5"})
  static Kind<URI> jwksUri() {
    return ofType(
        "https://app.example.com/jwks.json",
        Shape.uri("^https://[^@#\\s]+$"),
        "An https URL.",
        "must be an https URL without user and fragment (SP-5.4.2-1)",
        text -> new ClientKeys.Published(URI.create(text)).jwksUri());
  }

  /** A path of a folder that can be listed. */
  static Kind<Path> folder(Path folder, String example) {
    return path(folder, example)
        .checked(
            path -> {
              if (!Files.isDirectory(path) || !Files.isReadable(path)) {
                throw new WrongValue("no readable folder at " + path);
              }
            });
  }

  /** A path, relative ones from the folder of the configuration file. */
  static Kind<Path> path(Path folder, String example) {
    return ofType(
        example,
        Shape.text(),
        "",
        "must be the path of a file",
        text -> folder.resolve(text).normalize());
  }

  /** A path of a file that can be read. */
  static Kind<Path> file(Path folder, String example) {
    return path(folder, example)
        .checked(
            path -> {
              if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new WrongValue("no readable file at " + path);
              }
            });
  }

  /** A value of a type that checks itself; {@code rule} says what it demands. */
  private static <T> Kind<T> ofType(
      String example, Shape shape, String note, String rule, Function<String, T> make) {
    return new Kind<>(
        example,
        shape,
        note,
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
