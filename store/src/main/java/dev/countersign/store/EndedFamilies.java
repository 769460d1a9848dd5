package dev.countersign.store;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Access tokens that were ended before their time and have not expired yet. Whatever ends tokens
 * notes it in the same step: {@link Grants#revokeGrant}, {@link Grants#revokeClientToken}, a
 * replayed code, a replacement of a grant, the end of a registration. Of a family whose tokens have
 * all expired nothing is noted.
 *
 * <p>No client makes it long: with the end of its registration, all that it has is one note, and so
 * it is when more than {@link #MOST_OF_CLIENT} families of it have ended.
 */
public interface EndedFamilies {

  /**
   * How many families of one client are told one by one. Our choice: no client ends so many within
   * the life of an access token, unless it wants to, or all of it is ended.
   */
  int MOST_OF_CLIENT = 1000;

  /**
   * Those that had tokens for a resource, and the clients that ended as a whole, wherever their
   * tokens were for.
   */
  Ended findEnded(ResourceIndicator resource, Instant now);

  /**
   * What has ended; in no order.
   *
   * @param families those that are told one by one
   * @param clients of each of these clients, every token has ended that expires at this instant or
   *     before: its registration is over, or more of it ended than is told one by one. In the
   *     latter case some ended with the others, and the client gets new ones, which expire later
   */
  record Ended(List<EndedFamily> families, Map<ClientId, Instant> clients) {

    /** Copies both. */
    public Ended {
      families = List.copyOf(families);
      clients = Map.copyOf(clients);
    }
  }
}
