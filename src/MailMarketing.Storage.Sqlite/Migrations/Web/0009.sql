-- Since when a campaign's deliveries are dropped for their age, and whether all of them are
ALTER TABLE campaign ADD COLUMN dropped_at INTEGER;
ALTER TABLE campaign ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
CREATE INDEX campaign_kept ON campaign (completed_at) WHERE completed_at IS NOT NULL AND dropped = 0;
CREATE INDEX delivery_block_campaign ON delivery_block (campaign_id);
