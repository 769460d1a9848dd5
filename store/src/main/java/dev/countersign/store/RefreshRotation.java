package dev.countersign.store;

import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;

/**
 * That a refresh token of before some time is replaced when it is used (SP-5.3.2.1-9a).
 *
 * @param successor digest of the token that takes its place; the same one each time
 * @param issuedBefore a token that was issued before is replaced, a later one is not
 * @param oldUntil until when the old token works at most; the first use of its successor ends it
 */
public record RefreshRotation(SecretDigest successor, Instant issuedBefore, Instant oldUntil) {}
