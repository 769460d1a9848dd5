package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.RedirectUri;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration of the server for one variant. */
final class ServerYaml {
  static final String CERTIFICATE = "server.pem";
  static final String KEY = "server-key.pem";
  static final String AUTHORITY = "client-ca.pem";

  private static final String TOP =
      """
      # The configuration of `countersign conformance --serve` for {variant}, written by
      # `countersign conformance`. For tests only.
      issuer: {issuer}
      listen: {host: {bind}, port: {port}}
      tls: {certificate: {certificate}, key: {key}}
      store: {path: countersign.db}
      scopes:
        - {name: accounts, description: See your accounts}
        - {name: profile, description: Know your profile, claims: [{profile}]}
        - {name: email, description: Know your e-mail address, claims: [email, email_verified]}
        - {name: phone, description: Know your number, claims: [phone_number, phone_number_verified]}
        - {name: address, description: Know your address, claims: [address]}
      # What the API calls itself; the suite calls {resource}.
      resources:
        - {indicator: '{api}', scopes: accounts}
      {types}users:
        - username: {username}
          sub: suite-person
          password: {password}
          claims: {claims}
      {choices}clients:
      """;

  private final Variant variant;
  private final Kit kit;

  ServerYaml(Variant variant, Kit kit) {
    this.variant = variant;
    this.kit = kit;
  }

  String text() {
    Addresses at = kit.addresses();
    String top =
        TOP.replace("{variant}", variant.name())
            .replace("{issuer}", at.issuer().value())
            .replace("{bind}", quoted(at.bind()))
            .replace("{port}", String.valueOf(at.port()))
            .replace("{certificate}", CERTIFICATE)
            .replace("{key}", KEY)
            .replace("{profile}", String.join(", ", Claims.PROFILE))
            .replace("{resource}", at.resource().toString())
            .replace("{api}", at.api().toString())
            .replace("{username}", Kit.USERNAME)
            .replace("{password}", kit.passwordHash().phc())
            .replace("{claims}", Claims.of(Kit.USERNAME).toJson())
            .replace("{types}", types())
            .replace("{choices}", choices());
    return top + client(kit.first()) + client(kit.second()) + mtls() + authorities();
  }

  private String types() {
    return variant.hasDetails() ? "authorization_details_types: [" + Details.TYPE + "]\n" : "";
  }

  private String choices() {
    return variant.hasDetails() ? "    choices: " + Details.choices().toJson() + "\n" : "";
  }

  /** The second listener, where a certificate is used. */
  private String mtls() {
    Addresses at = kit.addresses();
    return variant.needsCertificate()
        ? """
        mtls:
          url: %s
          host: %s
          port: %d
        """
            .formatted(at.mtls(), quoted(at.bind()), at.mtlsPort())
        : "";
  }

  private String authorities() {
    return variant.authentication() == Variant.Authentication.MTLS
        ? "client_certificate_authorities: " + AUTHORITY + "\n"
        : "";
  }

  private String client(SuiteClient client) {
    List<String> lines = new ArrayList<>();
    lines.add("client_id: " + client.id());
    lines.add("name: The suite's client");
    lines.add("jwks: " + jwks(client).toJson());
    if (variant.flow() == Variant.Flow.CLIENT_CREDENTIALS) {
      lines.add("grant_types: [client_credentials]");
    } else {
      lines.add("grant_types: [authorization_code, refresh_token]");
      lines.add("redirect_uris: [" + redirectUris() + "]");
    }
    lines.add("scope: " + registeredScope());
    if (variant.hasDetails()) {
      lines.add("authorization_details_types: [" + Details.TYPE + "]");
    }
    lines.addAll(authentication(client));
    lines.addAll(constraint());
    if (variant.isSigned()) {
      lines.add("profile: fapi2-message-signing");
      lines.add("message_signing: [" + String.join(", ", variant.signing().options()) + "]");
    }
    return lines.stream().collect(Collectors.joining("\n    ", "  - ", "\n"));
  }

  private String redirectUris() {
    return List.of(kit.addresses().callback(), kit.addresses().callbackWithQuery()).stream()
        .map(RedirectUri::value)
        .map(ServerYaml::quoted)
        .collect(Collectors.joining(", "));
  }

  /** What may be asked for, also by the {@code claims} parameter. */
  private String registeredScope() {
    return variant.isOpenIdConnect() ? "openid accounts profile email phone address" : "accounts";
  }

  private JsonObject jwks(SuiteClient client) {
    return variant.authentication() == Variant.Authentication.MTLS && client.selfSigned()
        ? CertificateJwk.addedTo(client.publicJwks(), client.credential())
        : client.publicJwks();
  }

  private List<String> authentication(SuiteClient client) {
    return switch (variant.authentication()) {
      case PRIVATE_KEY_JWT -> List.of();
      case MTLS ->
          client.selfSigned()
              ? List.of("token_endpoint_auth_method: self_signed_tls_client_auth")
              : List.of(
                  "token_endpoint_auth_method: tls_client_auth",
                  "tls_client_auth_subject_dn: " + quoted(client.credential().subject()));
    };
  }

  private List<String> constraint() {
    return switch (variant.constraint()) {
      case DPOP -> List.of("dpop_bound_access_tokens: true");
      case MTLS -> List.of("tls_client_certificate_bound_access_tokens: true");
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
