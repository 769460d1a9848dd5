package dev.countersign.server.config;

import java.util.Optional;

/**
 * The built-in login.
 *
 * @param acr the authentication context that every login states ({@code acr}); empty: none
 */
public record LoginConfig(Optional<String> acr) {}
