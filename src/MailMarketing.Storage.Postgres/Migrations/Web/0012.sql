-- Since when a campaign's deliveries are dropped for their age, and whether all of them are
ALTER TABLE campaign ADD COLUMN dropped_at timestamptz;
ALTER TABLE campaign ADD COLUMN dropped boolean NOT NULL DEFAULT false;
CREATE INDEX campaign_kept ON campaign (completed_at) WHERE completed_at IS NOT NULL AND NOT dropped;
CREATE INDEX delivery_block_campaign ON delivery_block (campaign_id);
