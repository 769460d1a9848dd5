package dev.countersign.server.interaction;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.details.ConsentTemplate;
import dev.countersign.server.interaction.Known.Existing;
import java.util.List;

/**
 * How a detail that is asked for stands to the grant that a yes changes. What the person is still
 * to choose is left out of it, unless the client names some of that.
 */
enum Standing {
  /** The grant has nothing like it, or there is no grant. */
  NEW,
  /** The grant has it. */
  BEFORE,
  /** The grant has it, and after a yes it can be used once more, even if it was used before. */
  ONCE_MORE;

  /**
   * By what the grant has, and where.
   *
   * @param places where the detail is asked for: at a further resource it is new
   */
  @Enforces({"GM-5.2-4", "GM-5.2-5"})
  static Standing of(
      AuthorizationDetail asked,
      ConsentTemplate template,
      Existing existing,
      List<ResourceIndicator> places) {
    List<AuthorizationDetail> before = existing.grant().details().list();
    if (!template.isOnce()) {
      return existing.grant().resources().containsAll(places)
              && before.stream().anyMatch(old -> template.isOf(asked, old))
          ? BEFORE
          : NEW;
    }
    // Merged, equal objects are one, and so are their uses.
    if (existing.action() == GrantAction.MERGE && before.contains(asked)) {
      return BEFORE;
    }
    return before.stream().anyMatch(old -> template.isLike(asked, old)) ? ONCE_MORE : NEW;
  }
}
