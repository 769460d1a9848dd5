package dev.countersign.demo.attacked;

import dev.countersign.attacker.deployment.TestClient.Authentication;
import dev.countersign.demo.bank.PaymentOrder;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.Person;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.InitialAccessToken;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.server.details.Choice;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What {@code countersign.yaml} says of the server that is attacked: everything that can be
 * attacked is on. Read by the server's own reader, so that nothing runs here that could not be
 * served.
 */
final class AttackedConfig {
  /** File in the folder: the certificate of both listeners, with its key. */
  static final String SERVER_PEM = "server.pem";

  /** File in the folder: the authority of the clients' certificates. */
  static final String CLIENT_AUTHORITY_PEM = "clients.pem";

  /** Who may ask about the tokens of the first bank. */
  static final ClientId ASKING = new ClientId("bank");

  /** The application that can be lured. */
  static final ClientId APP = new ClientId("lured-app");

  /** The one that signs. */
  static final ClientId SIGNING_APP = new ClientId("signing-lured-app");

  private final Places at;
  private final AttackedClients clients;
  private final Keys keys;
  private final List<Person> people;
  private final InitialAccessToken initial;

  AttackedConfig(
      Places at,
      AttackedClients clients,
      Keys keys,
      List<Person> people,
      InitialAccessToken initial) {
    this.at = at;
    this.clients = clients;
    this.keys = keys;
    this.people = people;
    this.initial = initial;
  }

  /**
   * The keys whose public halves the server knows, beside those of the clients.
   *
   * @param asking of who may introspect
   * @param app of the application that can be lured
   * @param signingApp of the one that signs
   */
  record Keys(SigningKey asking, SigningKey app, SigningKey signingApp) {}

  /** The configuration, with its files in the folder. */
  Config in(Path folder) {
    JsonObject all =
        JsonObject.builder()
            .putAll(places())
            .put("scopes", List.of(scope()))
            .put("resources", at.banks().stream().map(AttackedConfig::resource).toList())
            .put("authorization_details_types", List.of(PaymentOrder.TYPE.name()))
            .put("login", JsonObject.builder().put("failures_per_address", "none").build())
            .put("dpop", JsonObject.builder().put("userinfo_nonces", true).build())
            .put("grant_management", JsonObject.builder().put("enabled", true).build())
            .put("client_certificate_authorities", CLIENT_AUTHORITY_PEM)
            .put("clients", registrations())
            .put("resource_servers", List.of(asking()))
            .put("dynamic_registration", dynamicRegistration())
            .put("users", people.stream().map(AttackedConfig::user).toList())
            .build();
    try {
      // JSON is YAML, and nothing in it needs to be escaped by hand.
      return ConfigFile.parse("countersign.yaml", all.toJson(), folder);
    } catch (ConfigException e) {
      throw new IllegalStateException("the configuration that is attacked is wrong", e);
    }
  }

  private JsonObject places() {
    URI server = at.issuer().uri();
    return JsonObject.builder()
        .put("issuer", at.issuer().value())
        .put("listen", JsonObject.builder().put("port", server.getPort()).build())
        .put(
            "tls",
            JsonObject.builder().put("certificate", SERVER_PEM).put("key", SERVER_PEM).build())
        .put(
            "mtls",
            JsonObject.builder()
                .put("url", at.mtls().toString())
                .put("port", at.mtls().getPort())
                .build())
        .build();
  }

  private static JsonObject scope() {
    return JsonObject.builder()
        .put("name", Cast.AT_THE_BANK.toString())
        .put("description", "See your accounts and their bookings")
        .build();
  }

  private static JsonObject resource(URI bank) {
    return JsonObject.builder()
        .put("indicator", bank.toString())
        .put("scopes", Cast.AT_THE_BANK.toString())
        .build();
  }

  private List<JsonObject> registrations() {
    JsonObject app = app(APP, keys.app(), at.app(), at.bank()).build();
    JsonObject signing =
        app(SIGNING_APP, keys.signingApp(), at.signingApp(), at.signedBank())
            .put("profile", "fapi2-message-signing")
            .build();
    return Stream.concat(clients.registrations(at.banks()).stream(), Stream.of(app, signing))
        .toList();
  }

  private static JsonObject.Builder app(ClientId id, SigningKey key, URI app, URI bank) {
    return AttackedClients.registration(id, Authentication.PRIVATE_KEY_JWT, List.of(bank))
        .put("redirect_uris", List.of(LuredApp.Side.HONEST.callback(app).toString()))
        .put("grant_types", List.of("authorization_code", "refresh_token"))
        .put("scope", LuredApp.SCOPE)
        .put("jwks", JwkSet.of(List.of(key.publicJwk())).toJson());
  }

  private JsonObject asking() {
    return JsonObject.builder()
        .put("client_id", ASKING.value())
        .put("resources", List.of(at.bank().toString()))
        .put("jwks", JwkSet.of(List.of(keys.asking().publicJwk())).toJson())
        .build();
  }

  private JsonObject dynamicRegistration() {
    return JsonObject.builder()
        .put("enabled", true)
        .put("initial_access_tokens", List.of(initial.digest().hex()))
        .put("scope", LuredApp.SCOPE)
        .put("resources", at.banks().stream().map(URI::toString).toList())
        .put(
            "token_endpoint_auth_methods",
            Stream.of(Authentication.values()).map(AttackedConfig::method).toList())
        .build();
  }

  private static String method(Authentication by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject user(Person person) {
    JsonObject.Builder choices = JsonObject.builder();
    Cast.choices(person)
        .forEach(
            (name, values) ->
                choices.put(name, values.stream().map(AttackedConfig::choice).toList()));
    return JsonObject.builder()
        .put("username", person.username())
        .put("sub", person.subject().value())
        .put("password", person.passwordHash().phc())
        .put("claims", JsonObject.builder().put("name", person.name()).build())
        .put("choices", choices.build())
        .build();
  }

  private static JsonObject choice(Choice choice) {
    JsonObject.Builder label = JsonObject.builder();
    choice.label().byLanguage().forEach(label::put);
    return JsonObject.builder().put("label", label.build()).put("value", choice.value()).build();
  }
}
