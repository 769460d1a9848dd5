package dev.countersign.demo.scene;

import dev.countersign.demo.bank.PaymentOrder;
import dev.countersign.edge.TrustedProxies;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.ClientCertificateConfig;
import dev.countersign.server.config.ClientsConfig;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.DpopConfig;
import dev.countersign.server.config.GrantManagementConfig;
import dev.countersign.server.config.Lifetimes;
import dev.countersign.server.config.ListenAddress;
import dev.countersign.server.config.LogConfig;
import dev.countersign.server.config.LoginConfig;
import dev.countersign.server.config.ManagementConfig;
import dev.countersign.server.config.PagesConfig;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.server.config.RevocationFeedConfig;
import dev.countersign.server.config.TlsFiles;
import dev.countersign.server.config.UserConfig;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.details.TypeDefinition;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configuration that {@code countersign.yaml} would hold for the scene. */
final class SceneConfig {
  private static final Lifetimes LIFETIMES =
      new Lifetimes(
          Duration.ofMinutes(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(90),
          Duration.ofMinutes(15),
          Duration.ofHours(8),
          Duration.ofDays(90),
          Optional.empty(),
          Duration.ofMinutes(5));

  /** What {@code profile: fapi2-message-signing} means, with the algorithm of everybody here. */
  private static final MessageSigning ALL =
      new MessageSigning(
          true,
          true,
          false,
          Optional.of(SignatureAlgorithm.ES256),
          Optional.of(SignatureAlgorithm.ES256),
          Optional.empty(),
          Set.of(ResponseMode.JWT));

  /** The same of the bank, which asks about tokens. */
  private static final MessageSigning ANSWERS =
      new MessageSigning(
          false,
          false,
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.of(SignatureAlgorithm.ES256),
          Set.of());

  private SceneConfig() {}

  /** The keys whose public halves the server knows. */
  record Keys(SigningKey client, SigningKey bank) {}

  /** For a server whose host listens and does TLS itself. */
  static Config of(
      Scene.Addresses at, Path folder, Keys keys, List<Person> people, Signing signing) {
    ResourceIndicator bank = new ResourceIndicator(at.bank().toString());
    URI address = at.issuer().uri();
    return new Config(
        at.issuer(),
        new ListenAddress(address.getHost(), address.getPort()),
        new TlsFiles(folder.resolve("server.pem"), folder.resolve("server-key.pem")),
        folder.resolve("countersign.db"),
        Cast.SCOPES,
        List.of(new ResourceConfig(bank, Cast.AT_THE_BANK)),
        LIFETIMES,
        LoginConfig.usual(),
        new DpopConfig(true, true),
        SignatureAlgorithm.ES256,
        List.of(client(bank, at.redirectUri(), keys.client(), signing)),
        signing.isOfMessages() ? List.of(bank(bank, keys.bank())) : List.of(),
        people.stream().map(SceneConfig::user).toList(),
        PagesConfig.usual(Cast.BANK_NAME),
        LogConfig.STANDARD,
        ManagementConfig.STANDARD,
        Optional.empty(),
        TrustedProxies.NONE,
        ClientCertificateConfig.NONE,
        ClientsConfig.FIXED,
        new DetailTypes(List.of(TypeDefinition.ready(PaymentOrder.TYPE.name()))),
        RevocationFeedConfig.STANDARD,
        new GrantManagementConfig(true, false));
  }

  private static UserConfig user(Person person) {
    return new UserConfig(
        person.username(),
        person.subject(),
        person.passwordHash(),
        JsonObject.builder().put("name", person.name()).build(),
        Cast.choices(person));
  }

  private static RegisteredClient client(
      ResourceIndicator bank, RedirectUri redirectUri, SigningKey key, Signing signing) {
    return new RegisteredClient(
        Cast.CLIENT_ID,
        Cast.CLIENT_NAME,
        new ClientAuthentication.PrivateKeyJwt(Optional.of(SignatureAlgorithm.ES256)),
        SenderConstraint.DPOP,
        ClientKeys.of(JwkSet.of(List.of(key.publicJwk()))),
        List.of(redirectUri),
        Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS),
        Cast.REGISTERED,
        List.of(bank),
        bank,
        Optional.empty(),
        Set.of(PaymentOrder.TYPE.name()),
        signing.isOfMessages() ? ALL : MessageSigning.NONE);
  }

  /** The bank as one that may ask about its tokens. */
  private static RegisteredClient bank(ResourceIndicator bank, SigningKey key) {
    return new RegisteredClient(
        Cast.BANK_ID,
        Cast.BANK_NAME,
        new ClientAuthentication.PrivateKeyJwt(Optional.of(SignatureAlgorithm.ES256)),
        SenderConstraint.DPOP,
        ClientKeys.of(JwkSet.of(List.of(key.publicJwk()))),
        List.of(),
        Set.of(),
        Scope.NONE,
        List.of(bank),
        bank,
        Optional.empty(),
        Set.of(),
        ANSWERS);
  }
}
