package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes in what is kept, noticed by the contract of every store. */
final class StoreMutants {
  /** The module of the contract. */
  static final String CONTRACT = "store-contract";

  /** The module that is held to it. */
  static final String KEEPER = "store-sql";

  /** The test class of that module that runs the contract. */
  static final String RUNNER = "dev.countersign.store.sql.SqliteStoreContractTest";

  static final List<SeededMutant> ALL =
      Stream.of(
              // What nobody signed passes for signed.
              in(KEEPER, "store.sql.RequestRows", "form(row).has(SIGNED),", "true,", "PAR-13"),
              // Of two replacements at once, the later is judged by what is gone.
              in(
                  KEEPER,
                  "store.sql.RegistrationRows",
                  "kept.metadata().equals(before)",
                  "!before.names().isEmpty()",
                  "DC-4"),
              in(
                  KEEPER,
                  "store.sql.CodeRows",
                  "redeemed_at IS NULL AND expires_at > ?",
                  "redeemed_at IS NULL AND expires_at >= ?",
                  "SP-5.3.2.1-11"),
              in(
                  KEEPER,
                  "store.sql.CodeRows",
                  "if (change.get().replaces()) {",
                  "if (false) {",
                  "GM-5.2-5"),
              in(
                  KEEPER,
                  "store.sql.CodeRows",
                  "GrantRows.end(sql, known.get().grant(), now);",
                  "",
                  "SP-5.3.2.2-9"),
              in(
                  KEEPER,
                  "store.sql.TokenRows",
                  "WHERE refresh_token = ? AND issued_at < ?\"",
                  "WHERE refresh_token = ? AND issued_at <= ?\"",
                  "SP-5.3.2.1-9"),
              in(
                  KEEPER,
                  "store.sql.TokenRows",
                  "sql.update(END_PREDECESSOR, refreshToken);",
                  "",
                  "SP-5.3.2.1-9a"),
              in(
                  KEEPER,
                  "store.sql.TokenRows",
                  "boolean ended = sql.update(END_CLIENT_TOKEN, jti.value()) > 0;",
                  "boolean ended = true;",
                  "RV-2"),
              in(
                  KEEPER,
                  "store.sql.GrantRows",
                  "TokenRows.endRefreshTokens(sql, after.id());",
                  "",
                  "GM-5.2-4",
                  "GM-5.2-5"),
              in(
                  KEEPER,
                  "store.sql.GrantRows",
                  "WHERE revision = ? AND generation = ?",
                  "WHERE ? >= 0 AND generation = ?",
                  "GM-5.2-4"),
              in(
                  KEEPER,
                  "store.sql.GrantRows",
                  "TokenRows.endAccessTokens(sql, after.id(), now);",
                  "",
                  "GM-10-2"),
              // A token outlives the end of its client's registration.
              in(
                  KEEPER,
                  "store.sql.TokenRows",
                  "if (token.registered() &&",
                  "if (false &&",
                  "SP-6.8-4"),
              // One client fills the feed of everybody.
              in(
                  KEEPER,
                  "store.sql.EndedFamilyRows",
                  "noteAsOne(sql, client, EndedFamilies.MOST_OF_CLIENT, now);",
                  "noteAsOne(sql, client, Integer.MAX_VALUE, now);",
                  "SP-5.3.4-3"))
          .map(mutant -> mutant.noticedBy(CONTRACT))
          .toList();

  private StoreMutants() {}
}
