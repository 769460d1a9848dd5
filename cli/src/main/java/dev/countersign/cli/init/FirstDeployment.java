package dev.countersign.cli.init;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.server.config.ConfigKeys;
import dev.countersign.server.config.PasswordHash;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A first deployment: the configuration, a certificate to start with, a client and a user, all with
 * fresh keys. Making it writes nothing.
 *
 * @param files what is to be written, the configuration last
 * @param password the password of the user; stands in none of the files
 */
public record FirstDeployment(List<NewFile> files, String password) {
  /** The name of the configuration. */
  public static final String CONFIG = "countersign.yaml";

  /** The name of the certificate. */
  public static final String CERTIFICATE = "server.pem";

  /** The name of the file that the server makes when it starts. */
  public static final String STORE = "countersign.db";

  /** Where the server will listen: not beyond this machine, before somebody says so. */
  public static final String HOST = "127.0.0.1";

  /** The user. */
  public static final String USERNAME = "anna";

  /** The identifier of the client. */
  public static final String CLIENT_ID = "first-client";

  private static final String CLIENT_KEY = CLIENT_ID + ".private.jwk.json";
  private static final String KEY = "server-key.pem";
  private static final String SCHEMA = "countersign.schema.json";
  private static final int USUAL_PORT = 8443;

  /** Letters and digits that are not taken for one another. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  /** 128 bits of randomness. */
  private static final int PASSWORD_LENGTH = 26;

  private static final String HEAD =
      """
      # yaml-language-server: $schema=%s
      #
      # The configuration of `countersign serve --config %s`, written by `countersign init`.
      # `countersign check --config %s` says whether the server would start with it.
      # All keys are here, explained in the line above; those that are not needed are commented out
      # with their default or an example. Relative paths start at the folder of this file. Durations
      # are a number and a unit: 90s, 5m, 8h, 30d.
      """
          .formatted(SCHEMA, CONFIG, CONFIG);

  /** Copies the list. */
  public FirstDeployment {
    files = List.copyOf(files);
  }

  /** A new one for this issuer. */
  public static FirstDeployment of(Issuer issuer, Instant now, SecureRandom random) {
    ConfigKeys keys = ConfigKeys.describe();
    String password = password(random);
    SigningKey client = Jose.jdk().generate(SignatureAlgorithm.ES256, random);
    StartingCertificate certificate = StartingCertificate.of(issuer.uri().getHost(), now, random);
    Map<String, List<Map<String, String>>> lists =
        Map.of(
            "scopes", scopes(),
            "resources", List.of(resource()),
            "clients", List.of(client(client)),
            "users", List.of(user(password)));
    String config = new CommentedYaml(keys, values(issuer), lists).text(HEAD);
    return new FirstDeployment(
        List.of(
            new NewFile(KEY, true, certificate.keyPem(), "the private key of the certificate"),
            new NewFile(
                CERTIFICATE,
                false,
                certificate.certificatePem(),
                "a certificate to start with: self-signed, for 90 days"),
            new NewFile(
                CLIENT_KEY,
                true,
                client.toPrivateJwk().toIndentedJson() + "\n",
                "the private key of '" + CLIENT_ID + "', for its developer: hand it over"),
            new NewFile(SCHEMA, false, keys.schema(), "explains the configuration to editors"),
            new NewFile(CONFIG, true, config, "the configuration, each key with its explanation")),
        password);
  }

  /** The port there: that of the issuer, or one that needs no privilege. */
  public static int port(Issuer issuer) {
    int port = issuer.uri().getPort();
    return port < 0 ? USUAL_PORT : port;
  }

  private static Map<String, String> values(Issuer issuer) {
    return Map.of(
        "issuer",
        issuer.value(),
        "listen.host",
        "127.0.0.1",
        "listen.port",
        String.valueOf(port(issuer)),
        "tls.certificate",
        CERTIFICATE,
        "tls.key",
        KEY,
        "store.path",
        STORE);
  }

  private static List<Map<String, String>> scopes() {
    return List.of(
        Map.of("name", "accounts", "description", "See your accounts and their balance"),
        Map.of("name", "profile", "description", "Know your name", "claims", "[name]"));
  }

  private static Map<String, String> resource() {
    return Map.of("indicator", "https://api.example.com", "scopes", "accounts");
  }

  private static Map<String, String> client(SigningKey key) {
    return Map.of(
        "client_id", CLIENT_ID,
        "name", "First client",
        "jwks", jwks(key),
        "grant_types", "[authorization_code, refresh_token]",
        "redirect_uris", "[\"http://127.0.0.1/callback\"]",
        "scope", "openid profile accounts");
  }

  private static String jwks(SigningKey key) {
    StringBuilder yaml = new StringBuilder("\nkeys:");
    String start = "\n  - ";
    JsonObject jwk = key.publicJwk().toJson();
    for (String name : jwk.names()) {
      yaml.append(start).append(name).append(": ").append(text(jwk, name));
      start = "\n    ";
    }
    return yaml.toString();
  }

  private static String text(JsonObject jwk, String name) {
    try {
      return jwk.string(name).orElseThrow();
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("all members of a public JWK are text", e);
    }
  }

  private static Map<String, String> user(String password) {
    Map<String, String> user = new LinkedHashMap<>();
    user.put("username", USERNAME);
    user.put("sub", UUID.randomUUID().toString());
    user.put("password", PasswordHash.of(password).phc());
    user.put("claims", "{name: Anna Example}");
    return user;
  }

  private static String password(SecureRandom random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  /** The names of the files: the password and private keys are nobody's to read here. */
  @Override
  public String toString() {
    return "FirstDeployment" + files;
  }
}
