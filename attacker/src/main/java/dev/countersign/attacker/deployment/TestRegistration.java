package dev.countersign.attacker.deployment;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.InitialAccessToken;
import java.util.Optional;

/**
 * How clients register themselves at the target (RFC 7591).
 *
 * @param token the initial access token, where one is needed
 * @param metadata members that the target wants beside redirect URI, keys and authentication
 */
public record TestRegistration(Optional<InitialAccessToken> token, JsonObject metadata) {}
