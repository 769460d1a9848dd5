package dev.countersign.store;

import dev.countersign.protocol.oauth.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * That a person proved who they are.
 *
 * @param subject who
 * @param authTime when ({@code auth_time})
 * @param acr how strongly, where the login says so
 */
public record Login(Subject subject, Instant authTime, Optional<String> acr) {}
