package dev.countersign.demo.story;

import dev.countersign.demo.scene.Scene;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose key is whose, so that the tour says by whom something is signed only if it is. */
public final class KeyRing {
  /** Owner of the keys that the authorization server publishes. */
  public static final String SERVER = "the authorization server";

  /** Owner of the key of the client's assertions. */
  public static final String CLIENT = "the client";

  /** Owner of the key that the client's tokens are bound to. */
  public static final String CLIENT_DPOP = "the client's DPoP key";

  /** Owner of the key by which the client signs its requests to the bank. */
  public static final String CLIENT_MESSAGES = "the client's key for messages";

  /** Owner of the key by which the bank signs its answers. */
  public static final String BANK = "the bank";

  /** Owner of the key by which the bank authenticates when it asks about a token. */
  public static final String BANK_ASKING = "the bank's key to ask with";

  /** Owner of a key that nobody's tokens are bound to. */
  public static final String ATTACKER = "the attacker's own key";

  private final Jose jose;
  private final List<Entry> entries = new ArrayList<>();

  private KeyRing(Jose jose) {
    this.jose = jose;
  }

  /** The keys of the scene's own parties; the server's are learned from the server. */
  public static KeyRing of(Scene scene) {
    KeyRing ring = new KeyRing(scene.stage().jose());
    ring.add(CLIENT, scene.clientKey().publicJwk());
    ring.add(CLIENT_DPOP, scene.dpopKey().publicJwk());
    ring.add(CLIENT_MESSAGES, scene.messageKey().publicJwk());
    ring.add(BANK, scene.bankKey().publicJwk());
    ring.add(BANK_ASKING, scene.askingKey().publicJwk());
    ring.add(ATTACKER, scene.attackerKey().publicJwk());
    return ring;
  }

  private record Entry(String owner, PublicJwk key) {}

  /**
   * Who signed something that is no JWT.
   *
   * @param name for example {@code the bank}
   * @param algorithm of the key
   */
  public record Owner(String name, Thumbprint thumbprint, SignatureAlgorithm algorithm) {}

  /** Verifies something by one key, or throws. */
  @FunctionalInterface
  interface Verification {
    void by(Jose jose, JwkSet key) throws InvalidHttpSignatureException;
  }

  /** The owner of the key that verifies it; empty if none of ours does. */
  Optional<Owner> owner(Verification verification) {
    return entries.stream()
        .filter(entry -> verifies(verification, entry.key()))
        .map(entry -> new Owner(entry.owner(), entry.key().thumbprint(), entry.key().algorithm()))
        .findFirst();
  }

  private boolean verifies(Verification verification, PublicJwk key) {
    try {
      verification.by(jose, JwkSet.of(List.of(key)));
      return true;
    } catch (InvalidHttpSignatureException e) {
      return false;
    }
  }

  private void add(String owner, PublicJwk key) {
    if (entries.stream().noneMatch(known -> known.key().thumbprint().equals(key.thumbprint()))) {
      entries.add(new Entry(owner, key));
    }
  }

  /** Learns the server's keys from its published set; what is no key set teaches nothing. */
  void learn(JsonObject jwks) {
    try {
      JwkSet.parse(jwks).keys().forEach(key -> add(SERVER, key));
    } catch (InvalidJwkException e) {
      // No keys are learned: signatures stay without an owner, and the observations say so.
    }
  }

  /** The signed object, with the owner of the key that verifies it. Empty if it is none. */
  public Optional<SeenJwt> read(String what, String compact) {
    try {
      CompactJws jws = CompactJws.parse(compact);
      return Optional.of(new SeenJwt(what, compact, jws, jws.unverifiedClaims(), signer(jws)));
    } catch (InvalidJwtException e) {
      return Optional.empty();
    }
  }

  private Optional<SeenJwt.Signer> signer(CompactJws jws) {
    return entries.stream()
        .filter(entry -> verifies(jws, entry.key()))
        .map(entry -> new SeenJwt.Signer(entry.owner(), entry.key().thumbprint()))
        .findFirst();
  }

  private boolean verifies(CompactJws jws, PublicJwk key) {
    if (jws.algorithm() != key.algorithm()) {
      return false;
    }
    try {
      jose.verify(jws, key);
      return true;
    } catch (InvalidJwtException e) {
      return false;
    }
  }
}
