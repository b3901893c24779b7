-- How many contacts there are and how many a segment has: the sums over the shards, so that no page counts millions. Each connection adds
-- to one of them, so that imports do not wait for each other; a single one may be negative
CREATE TABLE contact_count (
    shard smallint NOT NULL PRIMARY KEY,
    n     bigint   NOT NULL
) WITH (fillfactor = 50);

INSERT INTO contact_count (shard, n) SELECT 0, count(*) FROM contact;

-- Without a foreign key: members that go with their segment are counted when it is gone already
CREATE TABLE segment_count (
    segment_id bigint   NOT NULL,
    shard      smallint NOT NULL,
    n          bigint   NOT NULL,
    PRIMARY KEY (segment_id, shard)
) WITH (fillfactor = 50);

INSERT INTO segment_count (segment_id, shard, n) SELECT segment_id, 0, count(*) FROM segment_member GROUP BY segment_id;

-- By triggers, since members go with their contacts
CREATE FUNCTION segment_member_counted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    INSERT INTO segment_count AS c (segment_id, shard, n)
    SELECT segment_id, pg_backend_pid() % 16, sign * count(*) FROM changed GROUP BY segment_id ORDER BY segment_id
    ON CONFLICT (segment_id, shard) DO UPDATE SET n = c.n + excluded.n;
    RETURN NULL;
END
$$;

CREATE TRIGGER segment_member_added AFTER INSERT ON segment_member REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION segment_member_counted();
CREATE TRIGGER segment_member_gone AFTER DELETE ON segment_member REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION segment_member_counted();
