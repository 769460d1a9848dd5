package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Subject;

/**
 * An account of the built-in login.
 *
 * @param username what the person types
 * @param subject the {@code sub} that clients see; never equal to a {@code client_id} (SP-6.7)
 * @param password hash of the password
 * @param claims what is known about the person, by claim name
 */
public record UserConfig(
    String username, Subject subject, PasswordHash password, JsonObject claims) {}
