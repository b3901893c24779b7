-- When the one who is signed in last gave the password
ALTER TABLE {schema}people_sessions ADD COLUMN "ConfirmedAt" bigint NOT NULL DEFAULT 0;
