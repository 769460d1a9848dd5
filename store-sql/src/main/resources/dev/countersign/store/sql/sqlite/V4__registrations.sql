-- Clients that registered themselves; metadata is JSON. unused_since is NULL once the client has
-- authenticated; until then it is when the registration was made or last replaced.
CREATE TABLE registrations (
  client_id    TEXT    NOT NULL PRIMARY KEY,
  access_token BLOB    NOT NULL,
  metadata     TEXT    NOT NULL,
  issued_at    INTEGER NOT NULL,
  unused_since INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX registrations_unused_since ON registrations (unused_since)
  WHERE unused_since IS NOT NULL;

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
