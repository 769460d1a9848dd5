-- Whether a code may give a refresh token, because the person was told so. The few codes that are
-- there from before this version may, as they could.
ALTER TABLE codes ADD COLUMN lasting INTEGER NOT NULL DEFAULT 1;
