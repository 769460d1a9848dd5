package dev.countersign.bench;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.Login;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewConsent;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Store;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes grants by the way that makes them in life, without the messages. */
final class SeededGrants {
  private final Store store;
  private final SecureRandom random;

  SeededGrants(Store store, SecureRandom random) {
    this.store = store;
    this.random = random;
  }

  /** A grant of all that the request asks for; the refresh token of it. */
  RefreshToken grant(AuthorizationRequest request, ResourceIndicator audience, Subject person) {
    Instant now = Instant.now();
    PushedRequest pushed = new PushedRequest(digest(), request, false, now.plusSeconds(60));
    SecretDigest interaction = digest();
    Grant grant =
        new Grant(
            GrantId.random(random),
            request.clientId(),
            new Login(person, now, Optional.empty()),
            request.scope(),
            List.of(audience),
            now);
    IssuedCode code = new IssuedCode(digest(), request, grant, true, now.plusSeconds(60));
    RefreshToken token = RefreshToken.random(random);
    store.pushRequest(pushed, Set.of(), now);
    store.openInteraction(pushed.requestUri(), interaction, digest(), now.plusSeconds(60), now);
    store.issueCode(interaction, code, new NewConsent(Consent.NONE, now), now);
    store.redeemCode(
        code.code(),
        request.clientId(),
        new NewAccessToken(Jti.random(random), now.plusSeconds(300)),
        Optional.of(new NewRefreshToken(token.digest(), Optional.empty())),
        Set.of(),
        now);
    return token;
  }

  private SecretDigest digest() {
    return SecretDigest.of(Jti.random(random).value());
  }
}
