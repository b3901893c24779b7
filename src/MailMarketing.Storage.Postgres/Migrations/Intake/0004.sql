-- Files that emails carry, each content once
CREATE TABLE attachment (
    hash      text        NOT NULL PRIMARY KEY,
    content   bytea       NOT NULL,
    stored_at timestamptz NOT NULL
);

-- Most are compressed already
ALTER TABLE attachment ALTER COLUMN content SET STORAGE EXTERNAL;
