package dev.countersign.store.contract;

import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.GrantVersion;
import dev.countersign.store.Login;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes of grants as a server works them out. */
final class Changes {

  private Changes() {}

  /** Something else to allow, named by a number. */
  static AuthorizationDetails addition(int number) {
    return Samples.details("[{\"type\":\"document_signing\",\"number\":" + number + "}]");
  }

  /** All that the grant was, and the addition. */
  static GrantChange merge(Grant before, AuthorizationDetails added, Instant now) {
    List<AuthorizationDetail> both =
        Stream.concat(before.details().list().stream(), added.list().stream()).toList();
    return change(
        before, before.scope(), new AuthorizationDetails(both), before.version().merged(), now);
  }

  /** Nothing of what the grant was. */
  static GrantChange replace(Grant before, AuthorizationDetails only, Instant now) {
    return change(before, Scope.of("payments"), only, before.version().replaced(), now);
  }

  private static GrantChange change(
      Grant before, Scope scope, AuthorizationDetails details, GrantVersion version, Instant now) {
    Grant after =
        new Grant(
            before.id(),
            before.clientId(),
            new Login(before.login().subject(), now.minusSeconds(1), Optional.empty()),
            scope,
            before.resources(),
            before.claims(),
            details,
            before.createdAt(),
            now,
            version);
    return new GrantChange(before.version(), after);
  }
}
