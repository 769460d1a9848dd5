-- What a person allowed a client and need not be asked again, a row for each part: a resource, a
-- scope value at a resource, a claim that was asked for by name, that it lasts beyond one access
-- token. What a part does not have is ''.
CREATE TABLE consents (
  subject   TEXT    NOT NULL,
  client_id TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  resource  TEXT    NOT NULL,
  name      TEXT    NOT NULL,
  forget_at INTEGER NOT NULL,
  PRIMARY KEY (subject, client_id, kind, resource, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX consents_forget_at ON consents (forget_at);

-- Claims asked for by name, as JSON; what was granted before has none.
ALTER TABLE codes ADD COLUMN claims TEXT NOT NULL DEFAULT '{}';
ALTER TABLE grants ADD COLUMN claims TEXT NOT NULL DEFAULT '{}';
