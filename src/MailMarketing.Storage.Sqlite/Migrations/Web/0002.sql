-- When a campaign starts by itself, until when somebody is at starting it, and why it could not
ALTER TABLE campaign ADD COLUMN scheduled_at INTEGER;
ALTER TABLE campaign ADD COLUMN start_claimed_until INTEGER;
ALTER TABLE campaign ADD COLUMN start_problem TEXT;
CREATE INDEX campaign_scheduled ON campaign (scheduled_at) WHERE state = 1;

-- What its last dry run came to
ALTER TABLE campaign ADD COLUMN dry_run TEXT;

-- How many deliveries its start made, how they added up when last checked, and the completed_at of that check
ALTER TABLE campaign ADD COLUMN planned INTEGER;
ALTER TABLE campaign ADD COLUMN reconciliation TEXT;
ALTER TABLE campaign ADD COLUMN reconciled_end INTEGER;
CREATE INDEX campaign_unreconciled ON campaign (completed_at) WHERE completed_at IS NOT NULL AND completed_at IS NOT reconciled_end;

-- A person said that it was sent
ALTER TABLE delivery ADD COLUMN by_person INTEGER NOT NULL DEFAULT 0;
