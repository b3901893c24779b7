CREATE TABLE key_ring (
    name  text NOT NULL PRIMARY KEY,
    entry text NOT NULL
);
