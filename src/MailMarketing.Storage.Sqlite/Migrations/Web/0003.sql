-- How often in a row a worker that had claimed it died
ALTER TABLE delivery ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;

-- Which queue of the sending side answered last for a lane; '' is its default one
CREATE TABLE sending_side (
    lane        TEXT NOT NULL PRIMARY KEY,
    incarnation TEXT NOT NULL
) WITHOUT ROWID;
