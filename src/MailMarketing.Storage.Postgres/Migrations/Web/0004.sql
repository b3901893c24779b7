CREATE TABLE key_ring (
    name  text NOT NULL PRIMARY KEY,
    entry text NOT NULL
);

-- Calls that carried an idempotency key, for a day
CREATE TABLE api_call (
    key         text        NOT NULL PRIMARY KEY,
    fingerprint text        NOT NULL,
    begun_at    timestamptz NOT NULL,
    status      integer,
    body        text
);

CREATE INDEX api_call_begun ON api_call (begun_at);
