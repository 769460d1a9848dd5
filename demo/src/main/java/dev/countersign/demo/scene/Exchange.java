package dev.countersign.demo.scene;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.refusal.Refusal;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A request and its answer as they were on the wire.
 *
 * @param number from 1, in the order in which the answers were made
 * @param asked from 1, in the order in which the requests came: one that makes a party ask another
 *     one comes before it here, and after it by {@code number}
 * @param from who asked
 * @param to who answered
 * @param url where to, without the query
 * @param at when the answer was made
 * @param request as it came
 * @param response as it went
 * @param refusal what the answering party gave as its reason, if it refused
 */
public record Exchange(
    int number,
    int asked,
    Party from,
    Party to,
    URI url,
    Instant at,
    HttpRequest request,
    HttpResponse response,
    Optional<Refusal> refusal) {}
