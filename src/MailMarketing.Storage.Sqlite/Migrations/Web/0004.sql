CREATE TABLE key_ring (
    name  TEXT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL
) WITHOUT ROWID;

-- Calls that carried an idempotency key, for a day
CREATE TABLE api_call (
    key         TEXT    NOT NULL PRIMARY KEY,
    fingerprint TEXT    NOT NULL,
    begun_at    INTEGER NOT NULL,
    status      INTEGER,
    body        TEXT
) WITHOUT ROWID;

CREATE INDEX api_call_begun ON api_call (begun_at);
