package dev.countersign.server.refusal;

import dev.countersign.protocol.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;

/**
 * A request that was answered, for those who count. Nothing in it is input.
 *
 * @param endpoint the name of the route, {@code none} if there was none
 * @param status of the answer
 * @param refusal why it was refused, if it was
 * @param broken whether something broke on our side
 * @param time from the whole request to the answer, the network left aside
 */
public record FinishedRequest(
    String endpoint, int status, Optional<Refusal> refusal, boolean broken, Duration time) {}
