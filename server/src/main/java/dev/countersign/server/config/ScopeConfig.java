package dev.countersign.server.config;

import dev.countersign.server.text.LocalText;
import java.util.List;

/**
 * A scope that exists.
 *
 * @param name the scope token
 * @param description what a person reads on the consent page
 * @param claims the claims of the user that it opens at userinfo; may be empty
 */
public record ScopeConfig(String name, LocalText description, List<String> claims) {

  /** Copies the list. */
  public ScopeConfig {
    claims = List.copyOf(claims);
  }

  /** A scope with one description for people of every language. */
  public ScopeConfig(String name, String description, List<String> claims) {
    this(name, LocalText.of(description), claims);
  }
}
