package dev.countersign.server.config;

/**
 * Whether clients may manage grants (Grant Management, a draft that may change).
 *
 * @param enabled whether the server does what the draft says, and says so in its metadata
 * @param actionRequired whether every authorization request must name an action; false while it is
 *     not enabled
 */
public record GrantManagementConfig(boolean enabled, boolean actionRequired) {
  /** What holds where nothing is said. */
  public static final GrantManagementConfig STANDARD = new GrantManagementConfig(false, false);

  /** Refuses to require what is not done. */
  public GrantManagementConfig {
    if (actionRequired && !enabled) {
      throw new IllegalArgumentException(
          "GrantManagementConfig.actionRequired needs enabled (GM-7.1-3)");
    }
  }
}
