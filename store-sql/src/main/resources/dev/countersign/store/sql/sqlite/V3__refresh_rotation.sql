-- When a refresh token was issued; 0 says no more than before this version. A token that took the
-- place of another one names it: its first use ends the other.
ALTER TABLE refresh_tokens ADD COLUMN issued_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refresh_tokens ADD COLUMN predecessor BLOB;
