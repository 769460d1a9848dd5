package dev.countersign.attacker.play;

import dev.countersign.attacker.wire.Answer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest DPoP nonce of each server. May be used by any thread. */
public final class Nonces {
  private final Map<String, String> newest = new ConcurrentHashMap<>();

  /** Takes down the nonce of an answer, if it has one. */
  public void heard(Answer answer) {
    answer
        .header("DPoP-Nonce")
        .ifPresent(nonce -> newest.put(answer.url().getRawAuthority(), nonce));
  }

  /** The newest of the server at this URL. */
  public Optional<String> of(URI url) {
    return Optional.ofNullable(newest.get(url.getRawAuthority()));
  }
}
