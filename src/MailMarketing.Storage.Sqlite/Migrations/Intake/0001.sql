-- Times are Unix milliseconds from the application's clock. States are the numbers of the enums of the same name.

CREATE TABLE queue (
    -- Which life of the queue this is, and what keys are made with where a job comes without one
    incarnation TEXT NOT NULL,
    secret      BLOB NOT NULL
);
INSERT INTO queue (incarnation, secret) VALUES (lower(hex(randomblob(16))), randomblob(32));

CREATE TABLE content (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    data TEXT NOT NULL
);

-- The jobs of one campaign in one lane; they take turns. No campaign is ''
CREATE TABLE stream (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign TEXT    NOT NULL,
    lane     TEXT,
    served   INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX stream_key ON stream (campaign, coalesce(lane, ''));

CREATE TABLE control (
    campaign TEXT    NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    state    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE withdrawal (
    job_id    TEXT    NOT NULL,
    is_number INTEGER NOT NULL,
    round     INTEGER NOT NULL,
    reason    TEXT,
    PRIMARY KEY (job_id, is_number, round)
) WITHOUT ROWID;

CREATE TABLE job (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id           TEXT    NOT NULL,
    is_number        INTEGER NOT NULL,
    round            INTEGER NOT NULL,
    stream_id        INTEGER NOT NULL REFERENCES stream (id),
    content_id       INTEGER NOT NULL REFERENCES content (id),
    policy           INTEGER NOT NULL,
    fields           TEXT    NOT NULL,
    idempotency_key  TEXT    NOT NULL,
    not_after        INTEGER,
    state            INTEGER NOT NULL DEFAULT 0,
    attempts         INTEGER NOT NULL DEFAULT 0,
    spent            INTEGER NOT NULL DEFAULT 0,
    refusals         INTEGER NOT NULL DEFAULT 0,
    ambiguous        INTEGER NOT NULL DEFAULT 0,
    -- The claim it belongs to; 0 for none
    fence            INTEGER NOT NULL DEFAULT 0,
    -- When it can next be claimed, for a claimed one the end of its lease; NULL once it is final
    due_at           INTEGER,
    first_attempt_at INTEGER,
    message_id       TEXT,
    error            TEXT,
    updated_at       INTEGER NOT NULL,
    UNIQUE (job_id, is_number, round)
);

CREATE INDEX job_due ON job (stream_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX job_fence ON job (fence) WHERE fence <> 0;

CREATE TABLE outbox (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id     TEXT    NOT NULL,
    is_number  INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    message_id TEXT,
    error      TEXT,
    at         INTEGER NOT NULL
);

CREATE TABLE fence (value INTEGER NOT NULL);
INSERT INTO fence (value) VALUES (0);

CREATE TABLE sender_settings (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    data TEXT    NOT NULL
);
