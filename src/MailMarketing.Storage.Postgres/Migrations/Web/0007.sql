-- Images that emails show; file_name has the hash of the content
CREATE TABLE media (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text        NOT NULL,
    name_key     text        NOT NULL,
    file_name    text        NOT NULL UNIQUE,
    content_type text        NOT NULL,
    width        integer     NOT NULL,
    height       integer     NOT NULL,
    size         bigint      NOT NULL,
    created_at   timestamptz NOT NULL,
    content      bytea       NOT NULL
);

-- Images are compressed already
ALTER TABLE media ALTER COLUMN content SET STORAGE EXTERNAL;
