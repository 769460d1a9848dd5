package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.details.Choice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An account of the built-in login.
 *
 * @param username what the person types
 * @param subject the {@code sub} that clients see; never equal to a {@code client_id} (SP-6.7)
 * @param password hash of the password
 * @param claims what is known about the person, by claim name
 * @param choices what the person can choose from at consent, by name
 */
public record UserConfig(
    String username,
    Subject subject,
    PasswordHash password,
    JsonObject claims,
    Map<String, List<Choice>> choices) {

  /** Copies the choices. */
  public UserConfig {
    Map<String, List<Choice>> copy = new LinkedHashMap<>();
    choices.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    choices = Collections.unmodifiableMap(copy);
  }
}
