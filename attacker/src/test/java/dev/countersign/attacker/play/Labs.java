package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.wire.Exchange;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RedirectUri;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Laboratories for tests, and what stands in them. */
public final class Labs {
  private static final Jose JOSE = Jose.jdk();
  private static final SecureRandom RANDOM = new SecureRandom();

  private Labs() {}

  /** The metadata of a server whose endpoints are below this URL. */
  public static JsonObject metadata(URI issuer) {
    return JsonObject.builder()
        .put("issuer", issuer.toString())
        .put(Server.AUTHORIZATION, issuer + "/authorize")
        .put(Server.PAR, issuer + "/par")
        .put(Server.TOKEN, issuer + "/token")
        .build();
  }

  /** What performances against this target share. */
  public static Lab.Means means(Target target, Wire wire) {
    return new Lab.Means(
        target,
        wire,
        JOSE,
        RANDOM,
        InstantSource.system(),
        _ -> {
          throw new IllegalStateException("a test waits for nothing");
        });
  }

  /** For one performance against the issuer of this target. */
  public static Lab lab(Target target, Wire wire, Consumer<Exchange> heard) {
    Server server = new Server(target.issuer(), metadata(target.issuer().uri()));
    return new Lab(means(target, wire), server, wire.line(heard), new Nonces());
  }

  /** A client that asserts itself. */
  public static TestClient client() {
    return new TestClient(
        new ClientId("app-1"),
        TestClient.Authentication.PRIVATE_KEY_JWT,
        Optional.of(JOSE.generate(SignatureAlgorithm.ES256, RANDOM)),
        Optional.empty(),
        false,
        new RedirectUri("https://app.example/callback"),
        "",
        List.of(),
        Optional.empty(),
        false,
        false,
        false);
  }
}
