-- Authorization details, as JSON; what was granted before has none. Of a grant that is there from
-- before this version nobody knows more than when it was given.
ALTER TABLE codes ADD COLUMN details TEXT NOT NULL DEFAULT '[]';
ALTER TABLE codes ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE codes ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE codes ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
UPDATE codes SET updated_at = created_at;

ALTER TABLE grants ADD COLUMN details TEXT NOT NULL DEFAULT '[]';
ALTER TABLE grants ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grants ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grants ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grants ADD COLUMN last_used_at INTEGER NOT NULL DEFAULT 0;
UPDATE grants SET updated_at = created_at, last_used_at = created_at;

-- Grants are looked through by who gave them or whom they were given to, page by page.
CREATE INDEX grants_subject ON grants (subject, grant_id);
DROP INDEX grants_client_id;
CREATE INDEX grants_client_id ON grants (client_id, grant_id);

-- Of a token that does not carry its claims itself: its digest and the claims, as JSON.
ALTER TABLE access_tokens ADD COLUMN digest BLOB;
ALTER TABLE access_tokens ADD COLUMN claims TEXT;
CREATE UNIQUE INDEX access_tokens_digest ON access_tokens (digest) WHERE digest IS NOT NULL;

-- Of a token that a client got for itself: where it may be used. Those of a grant are at most for
-- the resources of the grant.
ALTER TABLE access_tokens ADD COLUMN resources TEXT NOT NULL DEFAULT '';

-- Access tokens that were ended before their time, and the resources that they were for: kind GRANT,
-- those of one generation of a grant; kind TOKEN, one that a client got for itself, its jti as name
-- and 0 as generation; kind CLIENT, all of a client that expire then or before, its id as name.
CREATE TABLE ended_families (
  kind       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  generation INTEGER NOT NULL,
  client_id  TEXT    NOT NULL,
  resources  TEXT    NOT NULL,
  forget_at  INTEGER NOT NULL,
  PRIMARY KEY (kind, name, generation)
) STRICT, WITHOUT ROWID;
CREATE INDEX ended_families_forget_at ON ended_families (forget_at);
CREATE INDEX ended_families_client_id ON ended_families (client_id, forget_at);
