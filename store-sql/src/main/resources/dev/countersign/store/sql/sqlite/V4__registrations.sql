-- Clients that registered themselves; metadata is JSON.
CREATE TABLE registrations (
  client_id    TEXT    NOT NULL PRIMARY KEY,
  access_token BLOB    NOT NULL,
  metadata     TEXT    NOT NULL,
  issued_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: how many there are, so that a limit is judged without counting them.
CREATE TABLE registration_count (
  id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  there INTEGER NOT NULL
) STRICT;
INSERT INTO registration_count (id, there) VALUES (1, 0);

-- What ends with a registration is found by its client.
CREATE INDEX pushed_requests_client_id ON pushed_requests (client_id);
CREATE INDEX codes_client_id ON codes (client_id);
CREATE INDEX grants_client_id ON grants (client_id);
CREATE INDEX consents_client_id ON consents (client_id);
CREATE INDEX access_tokens_client_id ON access_tokens (client_id) WHERE grant_id IS NULL;
