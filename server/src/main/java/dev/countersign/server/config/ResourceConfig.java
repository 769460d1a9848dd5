package dev.countersign.server.config;

import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;

/**
 * An API that access tokens are issued for (RFC 8707).
 *
 * @param indicator its identifier, the {@code aud} of its tokens
 * @param scopes the scopes that mean something there
 */
public record ResourceConfig(ResourceIndicator indicator, Scope scopes) {}
