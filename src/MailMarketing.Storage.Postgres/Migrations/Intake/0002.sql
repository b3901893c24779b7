-- How often in a row a worker that had claimed it died
ALTER TABLE job ADD COLUMN crashes integer NOT NULL DEFAULT 0;
