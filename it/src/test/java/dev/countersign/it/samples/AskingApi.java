package dev.countersign.it.samples;

// <sample asking>
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.resource.Introspection;
import dev.countersign.resource.IntrospectionCaller;
import java.security.SecureRandom;

/** An API that asks the authorization server whether a token still stands. */
public final class AskingApi {
  private AskingApi() {}

  /**
   * To be given to a guard: {@code guard.asking(status)}, and {@code guard.takingOpaque(status)}
   * for opaque tokens.
   *
   * @param issuer the server, as for the keys of the guard
   * @param exchange over HTTPS, {@code new HttpsExchange(httpClient, timeout, 64 * 1024)}
   * @param self what the API is called in the {@code aud} of tokens
   * @param id what the API calls itself when it asks
   * @param key whose public half the server knows
   */
  public static Introspection status(
      RemoteIssuer issuer,
      HttpsExchange exchange,
      ResourceIndicator self,
      ClientId id,
      SigningKey key) {
    return Introspection.of(
        issuer,
        exchange,
        new IntrospectionCaller.PrivateKeyJwt(id, key, Jose.jdk(), new SecureRandom()),
        self);
  }
}
// </sample asking>
