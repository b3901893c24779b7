-- The number of TemplateKind, to find layouts and partials by
ALTER TABLE template ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;

CREATE TABLE template_version (
    template_id INTEGER NOT NULL REFERENCES template (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    saved_at    INTEGER NOT NULL,
    PRIMARY KEY (template_id, version)
) WITHOUT ROWID;

INSERT INTO template_version (template_id, version, name, source, saved_at)
SELECT id, version, name, source, updated_at FROM template;
