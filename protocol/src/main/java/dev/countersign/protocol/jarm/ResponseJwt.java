package dev.countersign.protocol.jarm;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;

/**
 * The authorization response as the server signs it: all its parameters are claims, {@code iss}
 * among them, and nothing is said beside the JWT (section 2.1, 4.1).
 */
public final class ResponseJwt {

  /** The one parameter that holds the JWT. */
  public static final String PARAMETER = "response";

  /** The longest lifetime that the specification recommends; ours is never longer. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private ResponseJwt() {}

  /**
   * The response, signed; the algorithm is the key's. There is no {@code typ}, since none is
   * defined.
   *
   * @param audience the client that is answered
   * @param lifetime until {@code exp}, which is cut to the second; 1 second to 10 minutes, anything
   *     else is an {@link IllegalArgumentException}
   */
  @Enforces({"JARM-1", "MS-5.4.1-N", "SP-5.3.2.2-7"})
  public static String create(
      Jose jose,
      SigningKey key,
      AuthorizationResponse response,
      ClientId audience,
      Instant now,
      Duration lifetime) {
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "ResponseJwt.lifetime must be 1 second to 10 minutes (JARM-1)");
    }
    JsonObject.Builder claims =
        JsonObject.builder()
            .put("aud", audience.value())
            .put("exp", now.plus(lifetime).getEpochSecond());
    Form parameters = response.toForm();
    for (String name : parameters.names()) {
      claims.put(name, parameters.required(name));
    }
    return jose.sign(JsonObject.builder().build(), claims.build(), key);
  }

  /** The JWT as the parameters of an answer: one, and no other. */
  @Enforces({"JARM-2", "MS-5.4.1-N"})
  public static Form parameters(String jwt) {
    return Form.builder().add(PARAMETER, jwt).build();
  }
}
