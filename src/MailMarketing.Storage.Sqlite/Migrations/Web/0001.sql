-- Times are Unix milliseconds from the application's clock. States are the numbers of the enums of the same name.

CREATE TABLE contact (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    email      TEXT    NOT NULL,
    email_key  TEXT    NOT NULL UNIQUE,
    name       TEXT,
    first_name TEXT,
    last_name  TEXT,
    attributes TEXT    NOT NULL,
    status     INTEGER NOT NULL DEFAULT 0,
    -- Address and names in lower case: SQLite's LIKE folds ASCII letters only
    search     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE TABLE suppression (
    email_key  TEXT    NOT NULL PRIMARY KEY,
    reason     TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE contact_import (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    data       TEXT    NOT NULL
);

CREATE TABLE segment (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
);

CREATE TABLE segment_member (
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    PRIMARY KEY (segment_id, contact_id)
) WITHOUT ROWID;

CREATE INDEX segment_member_contact ON segment_member (contact_id);

CREATE TABLE template (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    source     TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE TABLE campaign (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name_key     TEXT    NOT NULL,
    draft        TEXT    NOT NULL,
    lane         TEXT,
    state        INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    -- Keys of messages are made with it, so that they mean nothing outside
    secret       BLOB    NOT NULL,
    content      TEXT,
    -- What its contact source gave
    source_counts TEXT,
    -- The fence of the last claim: campaigns take turns by it
    served       INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL,
    started_at   INTEGER,
    completed_at INTEGER
);

CREATE INDEX campaign_state ON campaign (state);

CREATE TABLE campaign_count (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    state       INTEGER NOT NULL,
    n           INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, state)
) WITHOUT ROWID;

CREATE TABLE delivery_block (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    -- The frozen fields by delivery id
    data        TEXT    NOT NULL
);

CREATE TABLE delivery (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id      INTEGER NOT NULL REFERENCES campaign (id),
    -- No foreign key: a delivery outlives its contact
    contact_id       INTEGER NOT NULL,
    round            INTEGER NOT NULL DEFAULT 1,
    state            INTEGER NOT NULL,
    attempts         INTEGER NOT NULL DEFAULT 0,
    spent            INTEGER NOT NULL DEFAULT 0,
    refusals         INTEGER NOT NULL DEFAULT 0,
    ambiguous        INTEGER NOT NULL DEFAULT 0,
    -- The claim it belongs to; 0 for none
    fence            INTEGER NOT NULL DEFAULT 0,
    -- When it can next be claimed, for a claimed one the end of its lease; NULL once it is final
    due_at           INTEGER,
    -- How often it was offered to a sending side elsewhere and not taken back
    handed_over      INTEGER NOT NULL DEFAULT 0,
    first_attempt_at INTEGER,
    block_id         INTEGER REFERENCES delivery_block (id),
    email            TEXT,
    message_id       TEXT,
    error            TEXT,
    updated_at       INTEGER NOT NULL,
    UNIQUE (campaign_id, contact_id)
);

CREATE INDEX delivery_due ON delivery (campaign_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_state ON delivery (campaign_id, state, id);
CREATE INDEX delivery_contact ON delivery (contact_id);
CREATE INDEX delivery_fence ON delivery (fence) WHERE fence <> 0;
CREATE INDEX delivery_handed_over ON delivery (campaign_id) WHERE handed_over > 0;

CREATE TRIGGER delivery_added AFTER INSERT ON delivery
BEGIN
    UPDATE campaign_count SET n = n + 1 WHERE campaign_id = new.campaign_id AND state = new.state;
END;

CREATE TRIGGER delivery_moved AFTER UPDATE OF state ON delivery WHEN old.state <> new.state
BEGIN
    UPDATE campaign_count SET n = n - 1 WHERE campaign_id = new.campaign_id AND state = old.state;
    UPDATE campaign_count SET n = n + 1 WHERE campaign_id = new.campaign_id AND state = new.state;
END;

CREATE TABLE control_outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    data     TEXT    NOT NULL
);

CREATE TABLE fence (value INTEGER NOT NULL);
INSERT INTO fence (value) VALUES (0);

CREATE TABLE sender_settings (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    data TEXT    NOT NULL
);
