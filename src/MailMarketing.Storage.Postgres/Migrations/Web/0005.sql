-- The number of TemplateKind, to find layouts and partials by
ALTER TABLE template ADD COLUMN kind integer NOT NULL DEFAULT 0;

CREATE TABLE template_version (
    template_id bigint      NOT NULL REFERENCES template (id) ON DELETE CASCADE,
    version     integer     NOT NULL,
    name        text        NOT NULL,
    source      text        NOT NULL,
    saved_at    timestamptz NOT NULL,
    PRIMARY KEY (template_id, version)
);

INSERT INTO template_version (template_id, version, name, source, saved_at)
SELECT id, version, name, source, updated_at FROM template;
