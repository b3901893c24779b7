-- Files that emails carry, each content once
CREATE TABLE attachment (
    hash      TEXT    NOT NULL PRIMARY KEY,
    content   BLOB    NOT NULL,
    stored_at INTEGER NOT NULL
);
