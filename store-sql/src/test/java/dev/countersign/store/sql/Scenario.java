package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.GrantVersion;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Registration;
import dev.countersign.store.Session;
import dev.countersign.store.Store;
import dev.countersign.store.contract.Samples;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Each operation of the store that changes something, in a state in which it does. The same
 * scenario can be run again for as long as its operation fails.
 */
enum Scenario {
  USE_ONCE {
    @Override
    Runnable prepare(Store store) {
      Set<OnceKey> keys = keys();
      return () -> store.useOnce(keys, NOW);
    }
  },
  PUSH_REQUEST {
    @Override
    Runnable prepare(Store store) {
      PushedRequest request = SAMPLES.pushed();
      Set<OnceKey> keys = keys();
      return () -> store.pushRequest(request, keys, NOW);
    }
  },
  OPEN_INTERACTION {
    @Override
    Runnable prepare(Store store) {
      SecretDigest request = pushed(store);
      SecretDigest id = SAMPLES.digest();
      return () -> store.openInteraction(request, id, id, NOW.plusSeconds(600), NOW);
    }
  },
  RECORD_LOGIN {
    @Override
    Runnable prepare(Store store) {
      SecretDigest interaction = opened(store);
      return () -> store.recordLogin(interaction, Samples.login(), NOW);
    }
  },
  ISSUE_CODE {
    @Override
    Runnable prepare(Store store) {
      SecretDigest interaction = opened(store);
      IssuedCode code = SAMPLES.code();
      return () -> store.issueCode(interaction, code, Samples.consent(), NOW);
    }
  },
  ISSUE_CODE_UNASKED {
    @Override
    Runnable prepare(Store store) {
      issued(store);
      SecretDigest interaction = opened(store);
      IssuedCode code = SAMPLES.code();
      return () -> store.issueCodeUnasked(interaction, code, Samples.consent().allowed(), NOW);
    }
  },
  REFUSE {
    @Override
    Runnable prepare(Store store) {
      SecretDigest interaction = opened(store);
      return () -> store.refuse(interaction, NOW);
    }
  },
  REDEEM_CODE {
    @Override
    Runnable prepare(Store store) {
      return redemption(store, issued(store));
    }
  },
  REPLAY_CODE {
    @Override
    Runnable prepare(Store store) {
      IssuedCode code = issued(store);
      redemption(store, code).run();
      return redemption(store, code);
    }
  },
  MERGE_GRANT {
    @Override
    Runnable prepare(Store store) {
      Grant before = redeemed(store, SAMPLES.refreshToken()).grant();
      return change(store, before, before.version().merged());
    }
  },
  REPLACE_GRANT {
    @Override
    Runnable prepare(Store store) {
      Grant before = redeemed(store, SAMPLES.refreshToken()).grant();
      return change(store, before, before.version().replaced());
    }
  },
  REFRESH {
    @Override
    Runnable prepare(Store store) {
      NewRefreshToken token = SAMPLES.refreshToken(NOW.plusSeconds(900));
      redeemed(store, token);
      var accessToken = SAMPLES.accessToken(NOW.plusSeconds(1000));
      Set<OnceKey> keys = keys();
      return () -> store.refresh(token.digest(), accessToken, keys, NOW);
    }
  },
  ISSUE_TO_CLIENT {
    @Override
    Runnable prepare(Store store) {
      var accessToken = SAMPLES.accessToken();
      Set<OnceKey> keys = keys();
      return () -> store.issueToClient(Samples.ofClient(accessToken), keys, NOW);
    }
  },
  ISSUE_OPAQUE_TOKEN_TO_CLIENT {
    @Override
    Runnable prepare(Store store) {
      var accessToken = SAMPLES.opaqueAccessToken();
      Set<OnceKey> keys = keys();
      return () -> store.issueToClient(Samples.ofClient(accessToken), keys, NOW);
    }
  },
  REVOKE_GRANTS_OF_CLIENT {
    @Override
    Runnable prepare(Store store) {
      redeemed(store, SAMPLES.refreshToken());
      redeemed(store, SAMPLES.refreshToken());
      return () -> store.revokeGrantsOf(CLIENT, 10, NOW);
    }
  },
  REVOKE_GRANT {
    @Override
    Runnable prepare(Store store) {
      IssuedCode code = redeemed(store, SAMPLES.refreshToken());
      Set<OnceKey> keys = keys();
      return () -> store.revokeGrant(code.grant().id(), keys, NOW);
    }
  },
  REVOKE_CLIENT_TOKEN {
    @Override
    Runnable prepare(Store store) {
      var accessToken = SAMPLES.accessToken();
      store.issueToClient(Samples.ofClient(accessToken), Set.of(), NOW);
      Set<OnceKey> keys = keys();
      return () -> store.revokeClientToken(accessToken.jti(), keys, NOW);
    }
  },
  OPEN_SESSION {
    @Override
    Runnable prepare(Store store) {
      SecretDigest before = session(store);
      Session session = SAMPLES.session();
      return () -> store.openSession(session, Optional.of(before), NOW);
    }
  },
  END_SESSION {
    @Override
    Runnable prepare(Store store) {
      SecretDigest session = session(store);
      return () -> store.endSession(session, NOW);
    }
  },
  FIRST_KEYS {
    @Override
    Runnable prepare(Store store) {
      var keys = List.of(SAMPLES.key("one", 0), SAMPLES.key("two", 1));
      return () -> store.keysOrCreate("signing", keys);
    }
  },
  REGISTER {
    @Override
    Runnable prepare(Store store) {
      Registration registration = SAMPLES.registration();
      return () -> store.register(registration, 100);
    }
  },
  REPLACE_REGISTRATION {
    @Override
    Runnable prepare(Store store) {
      Registration registration = registered(store);
      return () ->
          store.replaceRegistration(
              registration.client(),
              registration.accessToken(),
              registration.metadata(),
              JsonObject.builder().put("client_name", "another").build(),
              NOW.plusSeconds(1));
    }
  },
  END_REGISTRATION {
    @Override
    Runnable prepare(Store store) {
      Registration registration = registeredWithAllThatCanHangOnIt(store);
      return () -> store.endRegistration(CLIENT, registration.accessToken(), NOW);
    }
  },
  END_REGISTRATION_FOR_OPERATOR {
    @Override
    Runnable prepare(Store store) {
      registeredWithAllThatCanHangOnIt(store);
      return () -> store.endRegistration(CLIENT, NOW);
    }
  },
  RECORD_AUTHENTICATION {
    @Override
    Runnable prepare(Store store) {
      Registration registration = registered(store);
      return () -> store.recordAuthentication(registration.client());
    }
  },
  END_UNUSED_REGISTRATIONS {
    @Override
    Runnable prepare(Store store) {
      registeredWithAllThatCanHangOnIt(store);
      registered(store);
      return () -> store.endUnusedRegistrations(NOW, 100, NOW);
    }
  },
  SWEEP {
    @Override
    Runnable prepare(Store store) {
      redeemed(store, SAMPLES.refreshToken(NOW.plusSeconds(900)));
      opened(store);
      session(store);
      store.useOnce(keys(), NOW);
      store.revokeGrant(redeemed(store, SAMPLES.refreshToken()).grant().id(), Set.of(), NOW);
      return () -> store.sweep(NOW.plusSeconds(100_000), 100);
    }
  };

  private static final Samples SAMPLES = new Samples("scenario");

  /** Brings the store to the state before the operation; running the result is the operation. */
  abstract Runnable prepare(Store store);

  private static Set<OnceKey> keys() {
    OnceKey assertion = SAMPLES.onceKey();
    OnceKey proof = SAMPLES.onceKey();
    return Set.of(assertion, proof);
  }

  private static SecretDigest pushed(Store store) {
    PushedRequest request = SAMPLES.pushed();
    store.pushRequest(request, Set.of(), NOW);
    return request.requestUri();
  }

  private static SecretDigest opened(Store store) {
    SecretDigest id = SAMPLES.digest();
    store.openInteraction(pushed(store), id, SAMPLES.digest(), NOW.plusSeconds(600), NOW);
    return id;
  }

  private static IssuedCode issued(Store store) {
    IssuedCode code = SAMPLES.code();
    store.issueCode(opened(store), code, Samples.consent(), NOW);
    return code;
  }

  private static IssuedCode redeemed(Store store, NewRefreshToken token) {
    IssuedCode code = issued(store);
    store.redeemCode(code.code(), CLIENT, SAMPLES.accessToken(), Optional.of(token), Set.of(), NOW);
    return code;
  }

  private static Runnable redemption(Store store, IssuedCode code) {
    var accessToken = SAMPLES.accessToken();
    var refreshToken = Optional.of(SAMPLES.refreshToken());
    Set<OnceKey> keys = keys();
    return () -> store.redeemCode(code.code(), CLIENT, accessToken, refreshToken, keys, NOW);
  }

  private static Runnable change(Store store, Grant before, GrantVersion version) {
    Grant after =
        new Grant(
            before.id(),
            before.clientId(),
            before.login(),
            before.scope(),
            before.resources(),
            before.claims(),
            AuthorizationDetails.NONE,
            before.createdAt(),
            NOW,
            version);
    IssuedCode code =
        new IssuedCode(SAMPLES.digest(), Samples.request(), after, true, NOW.plusSeconds(60));
    store.issueCode(opened(store), code, Samples.consent(), NOW);
    var change = Optional.of(new GrantChange(before.version(), after));
    var accessToken = SAMPLES.accessToken();
    var refreshToken = Optional.of(SAMPLES.refreshToken());
    Set<OnceKey> keys = keys();
    return () ->
        store.redeemCode(code.code(), CLIENT, change, accessToken, refreshToken, keys, NOW);
  }

  private static Registration registered(Store store) {
    Registration registration = SAMPLES.registration();
    store.register(registration, 100);
    return registration;
  }

  private static Registration registeredWithAllThatCanHangOnIt(Store store) {
    Registration registration = SAMPLES.registration(CLIENT);
    store.register(registration, 100);
    opened(store);
    issued(store);
    redeemed(store, SAMPLES.refreshToken());
    store.issueToClient(Samples.ofClient(SAMPLES.accessToken()), Set.of(), NOW);
    return registration;
  }

  private static SecretDigest session(Store store) {
    Session session = SAMPLES.session();
    store.openSession(session, Optional.empty(), NOW);
    return session.id();
  }
}
