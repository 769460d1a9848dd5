package dev.countersign.server.metrics;

import java.util.Locale;

/** The operations of the store, by the names of its port. */
enum StoreOperation {
  USE_ONCE,
  PUSH_REQUEST,
  FIND_REQUEST,
  OPEN_INTERACTION,
  FIND_INTERACTION,
  RECORD_LOGIN,
  ISSUE_CODE,
  ISSUE_CODE_UNASKED,
  FIND_CONSENT,
  REFUSE,
  FIND_CODE,
  REDEEM_CODE,
  FIND_BY_REFRESH_TOKEN,
  REFRESH,
  ISSUE_TO_CLIENT,
  FIND_BY_ACCESS_TOKEN,
  FIND_CLIENT_BY_ACCESS_TOKEN,
  REVOKE_GRANT,
  REVOKE_CLIENT_TOKEN,
  OPEN_SESSION,
  FIND_SESSION,
  END_SESSION,
  KEYS_OR_CREATE,
  REGISTER,
  FIND_REGISTRATION,
  REPLACE_REGISTRATION,
  END_REGISTRATION,
  RECORD_AUTHENTICATION,
  END_UNUSED_REGISTRATIONS,
  SWEEP;

  /** Its label, for example {@code redeem_code}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
