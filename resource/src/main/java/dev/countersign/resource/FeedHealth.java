package dev.countersign.resource;

import java.time.Instant;
import java.util.Optional;

/**
 * How a {@link RevocationFeed} is doing, for metrics.
 *
 * @param newest as of when the newest good feed was true; empty before the first
 * @param fetched how many good feeds came so far
 * @param failed how often there was none when it was asked for
 * @param grants how many grants are known now that ended
 * @param refusing whether requests are refused now because the newest feed is too old
 */
public record FeedHealth(
    Optional<Instant> newest, long fetched, long failed, int grants, boolean refusing) {}
