-- Times are nanoseconds since 1970. Digests are SHA-256. forget_at is the first instant at which a
-- row may go, because no operation can find it any more; 9223372036854775807 means never.

CREATE TABLE once_keys (
  kind      TEXT    NOT NULL,
  digest    BLOB    NOT NULL,
  forget_at INTEGER NOT NULL,
  PRIMARY KEY (kind, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX once_keys_forget_at ON once_keys (forget_at);

-- A decided request is gone, and with it its interactions.
CREATE TABLE pushed_requests (
  request_uri BLOB    NOT NULL PRIMARY KEY,
  client_id   TEXT    NOT NULL,
  request     TEXT    NOT NULL,
  expires_at  INTEGER NOT NULL,
  forget_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX pushed_requests_forget_at ON pushed_requests (forget_at);

CREATE TABLE interactions (
  interaction BLOB    NOT NULL PRIMARY KEY,
  browser     BLOB    NOT NULL,
  request_uri BLOB    NOT NULL REFERENCES pushed_requests ON DELETE CASCADE,
  subject     TEXT,
  auth_time   INTEGER,
  acr         TEXT,
  forget_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX interactions_request_uri ON interactions (request_uri);
CREATE INDEX interactions_forget_at ON interactions (forget_at);

-- A code carries the grant that its redemption makes.
CREATE TABLE codes (
  code        BLOB    NOT NULL PRIMARY KEY,
  request     TEXT    NOT NULL,
  grant_id    TEXT    NOT NULL,
  client_id   TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  auth_time   INTEGER NOT NULL,
  acr         TEXT,
  scope       TEXT    NOT NULL,
  resources   TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  redeemed_at INTEGER,
  forget_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX codes_forget_at ON codes (forget_at);

-- A revoked grant is gone, and with it its tokens.
CREATE TABLE grants (
  grant_id    TEXT    NOT NULL PRIMARY KEY,
  client_id   TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  auth_time   INTEGER NOT NULL,
  acr         TEXT,
  scope       TEXT    NOT NULL,
  resources   TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  forget_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX grants_forget_at ON grants (forget_at);

CREATE TABLE refresh_tokens (
  refresh_token BLOB    NOT NULL PRIMARY KEY,
  grant_id      TEXT    NOT NULL REFERENCES grants ON DELETE CASCADE,
  forget_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_grant_id ON refresh_tokens (grant_id);
CREATE INDEX refresh_tokens_forget_at ON refresh_tokens (forget_at);

-- Without a grant: a token that a client got for itself.
CREATE TABLE access_tokens (
  jti       TEXT    NOT NULL PRIMARY KEY,
  client_id TEXT    NOT NULL,
  grant_id  TEXT    REFERENCES grants ON DELETE CASCADE,
  forget_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_tokens_grant_id ON access_tokens (grant_id);
CREATE INDEX access_tokens_forget_at ON access_tokens (forget_at);

CREATE TABLE sessions (
  session   BLOB    NOT NULL PRIMARY KEY,
  subject   TEXT    NOT NULL,
  auth_time INTEGER NOT NULL,
  acr       TEXT,
  forget_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_forget_at ON sessions (forget_at);

CREATE TABLE server_keys (
  purpose    TEXT    NOT NULL,
  key_id     TEXT    NOT NULL,
  secret     TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (purpose, key_id)
) STRICT, WITHOUT ROWID;
