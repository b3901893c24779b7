-- due_at changes with every claim and renewal, so no index may have it, or none of these updates would stay within its page.
-- again_at is what rows are found by: when they are due, unless they are new or claimed. Null otherwise
ALTER TABLE delivery ADD COLUMN again_at timestamptz;
UPDATE delivery SET again_at = due_at WHERE due_at IS NOT NULL;
DROP INDEX delivery_due;
DROP INDEX delivery_fence;
CREATE INDEX delivery_again ON delivery (campaign_id, again_at, id) WHERE again_at IS NOT NULL;

-- A claim rewrites all rows of a page at once, and their completion does so again
ALTER TABLE delivery SET (fillfactor = 45);

-- Nobody had those of its deliveries whose ids are higher
ALTER TABLE campaign ADD COLUMN fresh_after bigint NOT NULL DEFAULT 0;
UPDATE campaign SET fresh_after = 9223372036854775807 WHERE started_at IS NOT NULL;

-- Claims to send from here, to find what is theirs once their lease is over
CREATE TABLE claim (
    fence bigint      NOT NULL PRIMARY KEY,
    until timestamptz NOT NULL,
    ids   bigint[]    NOT NULL
);

CREATE INDEX claim_until ON claim (until);

-- To take JSON apart when it is written costs more than when a retry reads it
ALTER TABLE delivery_block ALTER COLUMN data TYPE text;
DO $$
BEGIN
    ALTER TABLE delivery_block ALTER COLUMN data SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END
$$;
