package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.contract.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes until it is killed, and says each thing on standard output once it is acknowledged. */
final class KillTestChild {

  private static final int WRITERS = 8;

  private KillTestChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Samples samples = new Samples("writer-" + i);
      writers.add(Thread.ofVirtual().start(() -> write(store, samples)));
    }
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private static void write(SqliteStore store, Samples samples) {
    for (int i = 0; ; i++) {
      IssuedCode code = issue(store, samples, samples.code());
      NewRefreshToken token = samples.refreshToken();
      OnceKey key = samples.onceKey();
      store.redeemCode(
          code.code(), CLIENT, samples.accessToken(), Optional.of(token), Set.of(key), NOW);
      if (i % 8 == 1) {
        SecretDigest before = token.digest();
        token = replace(store, samples, code.grant());
        say("revoked " + before.hex());
      }
      if (i % 4 == 0) {
        store.revokeGrant(code.grant().id(), Set.of(), NOW);
        say("revoked " + token.digest().hex());
      } else {
        say("granted " + token.digest().hex());
      }
      say("used " + key.digest().hex() + " " + key.kind());
    }
  }

  /** Replaces the grant; its new refresh token. */
  private static NewRefreshToken replace(SqliteStore store, Samples samples, Grant before) {
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
            before.version().replaced());
    IssuedCode code =
        issue(
            store,
            samples,
            new IssuedCode(samples.digest(), Samples.request(), after, true, NOW.plusSeconds(60)));
    NewRefreshToken token = samples.refreshToken();
    store.redeemCode(
        code.code(),
        CLIENT,
        Optional.of(new GrantChange(before.version(), after)),
        samples.accessToken(),
        Optional.of(token),
        Set.of(),
        NOW);
    return token;
  }

  private static IssuedCode issue(SqliteStore store, Samples samples, IssuedCode code) {
    PushedRequest request = samples.pushed();
    SecretDigest interaction = samples.digest();
    store.pushRequest(request, Set.of(), NOW);
    store.openInteraction(
        request.requestUri(), interaction, samples.digest(), NOW.plusSeconds(600), NOW);
    store.issueCode(interaction, code, Samples.consent(), NOW);
    return code;
  }

  private static void say(String line) {
    System.out.print(line + "\n");
    System.out.flush();
  }
}
